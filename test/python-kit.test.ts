// The Python kit is held to what the TypeScript kit is: its evaluator against ajv, its generator against
// the published vectors, its sessions against the suite, and the suite's mutants before it.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { METHODS, type MethodName } from '../schemas/generated/standard.ts';
import { faultOfParams } from '../schemas/validate-request.ts';
import { causeway, pythonProgram, ROOT, temporaryFolder } from './support.ts';

const fixture = (name: string): string => join(ROOT, 'test', 'fixtures', `${name}.py`);
const PYTHON = pythonProgram();
const KIT = join(ROOT, 'adapters', 'kit', 'python');

const python = (
  args: readonly string[],
  input = '',
  environment: Record<string, string> = {},
): { status: number | null; stdout: string; stderr: string } => {
  const { status, stdout, stderr } = spawnSync(PYTHON ?? 'python3', args, {
    encoding: 'utf8',
    input,
    env: { ...process.env, PYTHONPATH: KIT, PYTHONDONTWRITEBYTECODE: '1', ...environment },
    timeout: 60_000,
    maxBuffer: 256 * 1024 * 1024,
  });
  return { status, stdout, stderr };
};

type Definitions = Record<string, object>;

const bundled = async (): Promise<{
  schema: { $defs: Definitions };
  methods: Record<MethodName, { params: string; result: string }>;
}> => {
  const from = (name: string) =>
    import(pathToFileURL(join(ROOT, 'schemas', 'generate', name)).href);
  const { loadSchemas } = await from('load.mjs');
  const { bundle } = await from('bundle.mjs');
  return bundle(loadSchemas(ROOT));
};

/** JSON texts of values that schemas may or may not admit, each at the edge of something. */
const ODD = [
  ...['null', 'true', 'false', '[]', '{}', '[[]]', '{"x-a":1}', '{"a":1}'],
  ...['0', '-0', '1', '4.0', '1e2', '1.5', '-1', '65536', '65537', '1e400'],
  ...['9007199254740991', '9007199254740992', '-9007199254740992'],
  ...['""', '"a"', '"0"', '"00"', '"12"', '"12\\n"', '"-1"', '"1.0"', '"1.0\\n"', '"native"'],
  ...['"18446744073709551615"', '"18446744073709551616"', '"18446744073709551600"'],
  ...['"AAEC"', '"AAE="', '"AAF="', '"AA=="', '"AAE"', '"AAEC\\n"', '"\\ud83d\\ude00"', '"é"'],
  ...['"allocation_12345678"', '"Allocation_12345678"', '"allocation_1234567"'],
  ...[128, 129, 256, 257].map((length) => `"${'x'.repeat(length)}"`),
  ...[128, 129, 256, 257].map((length) => `"${'\u{1F600}'.repeat(length)}"`),
  ...[1, 64, 65, 128, 129].map((length) => `[${Array(length).fill('"1.0"').join()}]`),
];
/** Too long to stand in every place. */
const LONG = [87384, 87388].map((length) => `"${'A'.repeat(length)}"`);

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A hole for a JSON text that JSON.stringify cannot make. */
const HOLE = '"<hole>"';

/** A value changed in one place each: a member lost, one added, one of another value. */
const variants = (value: Json, texts: readonly string[]): string[] => {
  const found: string[] = [];
  const visit = (at: Json, put: (changed: Json) => Json): void => {
    const hole = JSON.stringify(put('<hole>'));
    found.push(...texts.map((text) => hole.replace(HOLE, () => text)));
    if (Array.isArray(at)) {
      at.forEach((item, index) => {
        visit(item, (changed) => put(at.with(index, changed)));
      });
    } else if (typeof at === 'object' && at !== null) {
      for (const added of ['unknown', 'x-known', 'y/~z', 'base64', 'generator']) {
        if (!(added in at)) found.push(JSON.stringify(put({ ...at, [added]: 'a' })));
      }
      for (const [name, member] of Object.entries(at)) {
        const { [name]: _, ...rest } = at;
        found.push(JSON.stringify(put(rest)));
        visit(member, (changed) => put({ ...at, [name]: changed }));
      }
    }
  };
  visit(value, (changed) => changed);
  return found;
};

describe('the Python kit', () => {
  before(function () {
    if (PYTHON === undefined) this.skip();
  });

  it('judges every value as ajv does, and finds an unknown member in the same place', async () => {
    const { schema, methods } = await bundled();
    const ajv = new Ajv2020({ allowUnionTypes: true, strictTypes: false, logger: false });
    ajv.addSchema({ ...schema, $id: 'urn:test:all' });
    const generated = { generator: { kind: 'shake128', seed: 'a', label: 'b', length: '4' } };
    const vectors: [string, string][] = Object.entries(methods).flatMap(
      ([method, { params, result }]) => {
        const { example } = METHODS[method as MethodName];
        const inputs = [example.params as Json];
        if (method === 'driver.memory.write') {
          inputs.push({ ...(example.params as { [name: string]: Json }), data: generated });
        }
        return [
          ...inputs.flatMap((one) => variants(one, ODD)).map((text) => [params, text] as const),
          ...variants(example.result as Json, ODD).map((text) => [result, text] as const),
        ].map(([name, text]): [string, string] => [name, text]);
      },
    );
    const request = { jsonrpc: '2.0', id: 1, method: 'system.ping', params: {} };
    vectors.push(...variants(request, ODD).map((text): [string, string] => ['Request', text]));
    for (const name of Object.keys(schema.$defs)) {
      vectors.push(...[...ODD, ...LONG].map((text): [string, string] => [name, text]));
    }
    const input = JSON.stringify({ schemas: schema.$defs, values: vectors });
    const { stdout, stderr } = python([fixture('evaluate')], input);
    expect(stderr).to.equal('');
    const places: (string | null)[] = JSON.parse(stdout);
    const valid = vectors.map(([name, text]) =>
      ajv.validate(`urn:test:all#/$defs/${name}`, JSON.parse(text)),
    );
    const differing = vectors.filter((_, index) => (places[index] === null) !== valid[index]);
    expect(differing).to.deep.equal([]);
    expect(new Set(valid)).to.deep.equal(new Set([true, false]));

    // Beyond a verdict: what a refusal of params points at.
    const byParams = new Map(
      Object.entries(methods).map(([method, { params }]) => [params, method as MethodName]),
    );
    const pointed = vectors.flatMap(([name, text], index) => {
      const method = byParams.get(name);
      const place = /unknown|y\/~z/.test(text) && method && places[index];
      return place
        ? [{ text, place, expected: faultOfParams(method, JSON.parse(text))?.place }]
        : [];
    });
    expect(pointed).to.not.have.lengthOf(0);
    for (const { text, place, expected } of pointed) expect(place, text).to.equal(expected);
  });

  it('points at the member that no form of a union names, however deep', () => {
    const values = [
      ['{"base64":"AAEC","bas/e":1}', '/bas~1e'],
      [
        '{"generator":{"kind":"shake128","seed":"","label":"","length":"1","no":1}}',
        '/generator/no',
      ],
      ['{"generator":{"kind":"shake128","seed":"","label":"","length":"0"}}', '/generator/length'],
      ['{"generator":{"kind":"shake128","seed":"","label":""}}', '/generator/length'],
      ['{"base64":"AAE"}', '/base64'],
    ];
    const code = `import json, sys, causeway_kit as kit
print(json.dumps([kit.fault_of("Data", json.loads(text)).place for text, _ in json.load(sys.stdin)]))`;
    const { stdout } = python(['-c', code], JSON.stringify(values));
    expect(JSON.parse(stdout)).to.deep.equal(values.map(([, place]) => place));
  });

  it('knows every keyword that a schema may have, and no schema with another passes unseen', async () => {
    const { KEYWORDS } = await import(
      pathToFileURL(join(ROOT, 'schemas', 'generate', 'bundle.mjs')).href
    );
    const listed = python([
      '-c',
      'import json, causeway_kit as kit; print(json.dumps(sorted(kit.KEYWORDS)))',
    ]);
    expect(JSON.parse(listed.stdout)).to.deep.equal([...KEYWORDS].sort());
    const schemas = { X: { type: 'array', uniqueItems: true } };
    const { status, stderr } = python(
      [fixture('evaluate')],
      JSON.stringify({ schemas, values: [['X', '[]']] }),
    );
    expect(stderr).to.match(/KeyError: 'uniqueItems'/);
    expect(status).to.equal(1);
  });

  it('makes the bytes of the published vectors', () => {
    const { vectors } = JSON.parse(
      readFileSync(join(ROOT, 'spec', 'vectors', 'generator.json'), 'utf8'),
    );
    const code = `import hashlib, json, sys, causeway_kit as kit
made = [kit.generate(one["seed"], one["label"], one["length"]) for one in json.load(sys.stdin)]
print(json.dumps([[hashlib.sha256(one).hexdigest(), one[:64].hex()] for one in made]))`;
    const { stdout } = python(['-c', code], JSON.stringify(vectors));
    const made: [string, string][] = JSON.parse(stdout);
    expect(made).to.have.lengthOf(vectors.length);
    made.forEach(([digest, beginning], index) => {
      const { sha256, hex } = vectors[index];
      expect(digest).to.equal(sha256);
      if (hex !== undefined) expect(hex.startsWith(beginning)).to.equal(true);
    });
  });

  const INITIALIZE = JSON.stringify({
    jsonrpc: '2.0',
    id: 'start',
    method: 'system.initialize',
    params: { protocolVersions: ['1.0'], client: { name: 'test', version: '0' } },
  });
  const request = (id: number, method: string, params: object = {}): string =>
    JSON.stringify({ jsonrpc: '2.0', id, method, params });

  interface Answered {
    readonly ids: unknown[];
    readonly reasons: Record<string, string>;
    // biome-ignore lint/suspicious/noExplicitAny: results of every shape
    readonly results: Record<string, any>;
    readonly status: number | null;
    readonly stderr: string;
  }
  const answers = (lines: readonly string[], environment = {}): Answered => {
    const { status, stdout, stderr } = python([fixture('waits')], lines.join('\n'), environment);
    const replies = stdout
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line));
    return {
      ids: replies.map(({ id }) => id),
      reasons: Object.fromEntries(
        replies.flatMap(({ id, error }) => (error ? [[`${id}`, error.data.reason]] : [])),
      ),
      results: Object.fromEntries(
        replies.flatMap(({ id, result }) => (result ? [[`${id}`, result]] : [])),
      ),
      status,
      stderr,
    };
  };

  const wait = (id: number): string =>
    request(id, 'driver.stream.synchronize', { stream: 'stream_12345678' });

  it('answers others while a call waits, and ends it when it is told to', () => {
    const cancel = (id: number, open: number) => request(id, 'system.cancel', { request: open });
    const lines = [wait(1), request(2, 'system.ping'), cancel(3, 1), cancel(4, 1), cancel(5, 2)];
    const { ids, reasons, results, status } = answers([INITIALIZE, ...lines, '']);
    expect(ids).to.deep.equal(['start', 2, 1, 3, 4, 5]);
    expect(reasons).to.deep.equal({ '1': 'BY_CLIENT' });
    expect([3, 4, 5].map((id) => results[id])).to.deep.equal([
      { cancelled: true },
      { cancelled: false },
      { cancelled: false },
    ]);
    expect(results['start'].methods['system.cancel']).to.equal('native');
    expect(status).to.equal(0);
  });

  it('ends calls that wait with the session', () => {
    const lines = [INITIALIZE, wait(1), wait(2), request(3, 'system.ping')];
    const shut = answers([...lines, request(4, 'system.shutdown'), '']);
    expect(shut.ids).to.deep.equal(['start', 3, 1, 2, 4]);
    const closed = answers([...lines, '']);
    expect(closed.ids).to.deep.equal(['start', 3, 1, 2]);
    for (const { status, reasons, stderr } of [shut, closed]) {
      expect(reasons).to.deep.equal({ '1': 'BY_CLIENT', '2': 'BY_CLIENT' });
      expect(stderr.match(/released/g)).to.have.lengthOf(1);
      expect(status).to.equal(0);
    }
  });

  it('keeps stdout for replies, whatever prints there', () => {
    // The ping comes after the call began, and the end of the session waits for what it prints.
    const { ids, stderr } = answers([INITIALIZE, wait(1), request(2, 'system.ping'), '']);
    expect(ids).to.deep.equal(['start', 2, 1]);
    expect(stderr).to.include('a library prints to stdout').and.to.include('and a native one');
  });

  it('does not start where the reply channel is no number', () => {
    const { status, ids, stderr } = answers([INITIALIZE, ''], { CAUSEWAY_REPLY_FD: '3x' });
    expect(ids).to.deep.equal([]);
    expect(stderr).to.match(/CAUSEWAY_REPLY_FD is to be a descriptor's number, not '3x'/);
    expect(status).to.equal(1);
  });

  it('refuses what is no message, drops a last line that was cut, and says what a handler got wrong', () => {
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    const digits = '1'.repeat(101);
    const lines = [
      'NaN',
      '\ufeff{}',
      deep,
      digits,
      request(7, 'driver.device.get', { device: 'a' }),
    ];
    const { ids, reasons, stderr } = answers([INITIALIZE, ...lines, request(8, 'system.ping')]);
    expect(ids).to.deep.equal(['start', null, null, null, null, 7]);
    expect(reasons).to.deep.equal({ null: 'PARSE', '7': 'INTERNAL' });
    expect(stderr).to.match(/TypeError: .*not JSON serializable/);
  });

  it('ends at a line above 1 MiB, and takes one of just that', () => {
    const line = (length: number): string => {
      const start = '{"jsonrpc":"2.0","id":1,"method":"system.ping","params":{"x-":"';
      return `${start}${'a'.repeat(length - start.length - 3)}"}}`;
    };
    const longest = answers([INITIALIZE, line(1024 * 1024), request(2, 'system.ping'), '']);
    expect(longest.ids).to.deep.equal(['start', 1, 2]);
    const longer = answers([INITIALIZE, line(1024 * 1024 + 1), request(2, 'system.ping'), '']);
    expect(longer.ids).to.deep.equal(['start', null]);
    expect(longer.stderr).to.include('released');
  });

  it('says which name was meant where an adapter misspells one', () => {
    const code = (line: string): string =>
      `import causeway_kit as kit\n${line.replaceAll("'", '"')}`;
    const said = (line: string): string =>
      python(['-c', code(line)])
        .stderr.trim()
        .split('\n')
        .at(-1) ?? '';
    expect(said("kit.handles('driver.memory.cpoy', 'native')")).to.match(
      /mean driver\.memory\.copy\?/,
    );
    expect(said("kit.handles('driver.memory.copy', 'nativ')")).to.match(
      /native, composed or emulated/,
    );
    expect(said("kit.Refusal('COPY_RAGE', 'native')")).to.match(/mean COPY_RANGE\?/);
    expect(said("kit.Refusal('COPY_RANGE', 'driver')")).to.match(/native, adapter or kit/);
  });

  it('catches mutants before it, by the endpoint that --target names', () => {
    const file = join(temporaryFolder(), 'host-memory.yaml');
    const command = JSON.stringify([PYTHON, fixture('host-memory')]);
    writeFileSync(file, `binding: snis\ncommand: ${command}\n`);
    const only = ['DRV-DEV-004', 'SYS-ERR-003'].flatMap((id) => ['--only', id]);
    const { status, stdout } = causeway(['selftest', '--target', file, ...only, '--json']);
    const { mutants, untried } = JSON.parse(stdout);
    expect(mutants.filter((one: { outcome: string }) => one.outcome !== 'killed')).to.deep.equal(
      [],
    );
    expect(mutants.length).to.be.greaterThan(8);
    // It has memory alone: what breaks streams, kernels and the like shows nothing on it.
    expect(untried).to.include('SYS-ERR-003/partial-stream-write');
    const other = /^SYS-ERR-003\/partial-stream-|^DRV-DEV-004\/first-device-(?!get|allocate|info)/;
    expect(untried.filter((id: string) => !other.test(id))).to.deep.equal([]);
    expect(status).to.equal(0);
  });
});

describe('selftest --target', () => {
  it('tries no mutant of a row that the target does not declare, and says which', () => {
    const only = ['--only', 'DRV-DEV-001', '--only', 'DRV-MEM-010'];
    const { status, stdout } = causeway(['selftest', '--target', 'reference:reduced', ...only]);
    expect(stdout).to.match(
      /^\d+ not tried, of rows that the target does not pass or declare:\n {2}DRV-MEM-010/m,
    );
    expect(stdout).to.match(/^DRV-DEV-001 /m);
    expect(status).to.equal(0);
  });

  it('takes one endpoint', () => {
    const { status, stderr } = causeway(['selftest', '--target', 'nowhere']);
    expect(stderr).to.match(/unknown target nowhere/);
    expect(status).to.equal(2);
  });
});
