// Everything derived is fresh, and a schema from which a wrong type would come is refused.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { ROOT } from './support.ts';

interface SchemaFile {
  path: string;
  schema: { $id: string; $defs: Record<string, object> };
}

const load = async () => {
  const from = (name: string) =>
    import(pathToFileURL(join(ROOT, 'schemas', 'generate', name)).href);
  const { bundle } = (await from('bundle.mjs')) as { bundle: (schemas: SchemaFile[]) => unknown };
  const { generate } = (await from('main.mjs')) as {
    generate: (root: string) => Promise<Record<string, string>>;
  };
  return { bundle, generate };
};

const file = (definition: object): SchemaFile => ({
  path: 'x.schema.json',
  schema: { $id: 'urn:snis:1.0:x', $defs: { X: definition } },
});

describe('derivation', () => {
  it('finds every committed file as it would be generated now', async () => {
    const { generate } = await load();
    for (const [name, text] of Object.entries(await generate(ROOT))) {
      const held = readFileSync(join(ROOT, name), 'utf8');
      expect(held === text, name).to.equal(true);
    }
  });

  const refused: [string, object][] = [
    ['prefixItems', { type: 'array', prefixItems: [{ type: 'string' }] }],
    ['unevaluatedProperties', { type: 'object', unevaluatedProperties: false }],
    ['$dynamicRef', { $dynamicRef: '#x' }],
    ['format', { type: 'string', format: 'uri' }],
    ['uniqueItems', { type: 'array', items: { type: 'string' }, uniqueItems: true }],
    ['if', { if: { type: 'string' } }],
    ['a misspelt keyword', { type: 'object', requierd: ['a'] }],
    ['another pattern of members', { type: 'object', patternProperties: { '^y-': {} } }],
    [
      'a keyword deep inside',
      {
        type: 'object',
        properties: { a: { type: 'array', items: { oneOf: [{ prefixItems: [] }] } } },
      },
    ],
  ];
  for (const [what, definition] of refused) {
    it(`refuses ${what}`, async () => {
      const { bundle } = await load();
      expect(() => bundle([file(definition)])).to.throw(/x\.schema\.json#\/\$defs\/X/);
    });
  }

  it('refuses a reference that points at nothing, and a name that is defined twice', async () => {
    const { bundle } = await load();
    expect(() => bundle([file({ $ref: 'urn:snis:1.0:y#/$defs/Y' })])).to.throw(/points at nothing/);
    expect(() => bundle([file({ type: 'string' }), file({ type: 'string' })])).to.throw(/twice/);
  });

  it('gives types that refuse what the schemas refuse', () => {
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc'),
        '--noEmit',
        '-p',
        join(ROOT, 'test', 'fixtures', 'types', 'tsconfig.json'),
      ],
      { encoding: 'utf8' },
    );
    expect(stdout).to.equal('');
    expect(status).to.equal(0);
  });
});
