// Definitions to standalone validators: nothing is compiled when a run starts.
import Ajv from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { undescribed } from './lean.mjs';

const ROOT = 'urn:snis:bundle';

/** What logs have by the million: by this member one alternative is chosen, where else each would be tried. */
const TAGS = { JournalEvent: 'event', WireEntry: 'kind' };

const tagged = ({ $defs }) => ({
  ...$defs,
  ...Object.fromEntries(
    Object.entries(TAGS).map(([name, propertyName]) => [
      name,
      { ...$defs[name], type: 'object', discriminator: { propertyName } },
    ]),
  ),
});

/** A validator compiler over the bundle; `unicode: false` keeps `require` out of the emitted code. */
const compiler = ({ schema }) =>
  new Ajv.default({
    schemas: [{ $defs: tagged(schema), $id: ROOT }],
    discriminator: true,
    code: { source: true, esm: true },
    unicode: false,
    logger: false,
    strict: true,
    strictTypes: false,
    allowUnionTypes: true,
  });

/** Throws with the place and the fault when `value` is not a `name`. */
export const assertValid = (bundle) => {
  const ajv = compiler(bundle);
  return (name, value, path) => {
    const validate = ajv.getSchema(`${ROOT}#/$defs/${name}`);
    if (!validate(value)) {
      throw new Error(`${path} is not a ${name}: ${ajv.errorsText(validate.errors)}`);
    }
  };
};

/**
 * The text of a module with one export for each name, and one for the `side` of every method: a table under the name
 * SIDES. Without descriptions, whose one wide character would double what every process holds of it.
 */
export const validators = (bundle, names, side, banner) => {
  const methods = Object.entries(bundle.methods).map(([method, sides]) => [method, sides[side]]);
  const exported = [...new Set([...names, ...methods.map(([, name]) => name)])].sort();
  const text = standalone.default(
    compiler(undescribed(bundle)),
    Object.fromEntries(exported.map((name) => [name, `${ROOT}#/$defs/${name}`])),
  );
  if (/\brequire\(/.test(text)) throw new Error('a validator needs code at run time');
  const table = methods.map(([method, name]) => `  '${method}': ${name},\n`).join('');
  return `${banner}// @ts-nocheck\n${text}\nexport const SIDES = {\n${table}};\n`;
};
