// The params of each method as data, for the suite to make its vectors from.
import { lean, reached } from './lean.mjs';

/** The text of params.ts. */
export const params = ({ schema, methods }, banner) => {
  const defs = schema.$defs;
  const roots = Object.fromEntries(
    Object.entries(methods).map(([method, { params: name }]) => [method, name]),
  );
  const definitions = Object.fromEntries(
    reached(Object.values(roots), defs).map((name) => [name, lean(defs[name])]),
  );
  const constant = (name, says, type, value) =>
    `/** ${says} */\nexport const ${name}: ${type} = ${JSON.stringify(value, null, 2)};\n`;
  return [
    `${banner}import type { MethodName } from './standard.ts';\n`,
    constant(
      'PARAMS',
      'The definition of each method’s params.',
      '{ readonly [M in MethodName]: string }',
      roots,
    ),
    constant(
      'DEFINITIONS',
      'JSON Schema, with references by name alone.',
      'Readonly<Record<string, object>>',
      definitions,
    ),
  ].join('\n');
};
