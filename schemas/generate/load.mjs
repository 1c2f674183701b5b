// Reads what people write: the schema files and the standard's YAML. Everything derived starts here.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { parse } from 'yaml';

const files = (folder, suffix) =>
  readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => path.endsWith(suffix))
    .sort();

/** The same on every system: paths are part of the digest that freezes the standard. */
const portable = (root, path) => relative(root, path).split(sep).join('/');

/** Every schema file below `root`, as `{ path, schema }`, in the order of their paths. */
export const loadSchemas = (root) =>
  files(join(root, 'schemas'), '.schema.json').map((path) => ({
    path: portable(root, path),
    schema: JSON.parse(readFileSync(path, 'utf8')),
  }));

/** The standard's data, file by file; each name is that of the definition it must validate against. */
export const loadStandard = (root) => {
  const read = (path) => ({
    path: portable(root, path),
    data: parse(readFileSync(path, 'utf8')),
  });
  const spec = join(root, 'spec');
  return {
    StandardFile: [read(join(spec, 'standard.yaml'))],
    RequirementFile: files(join(spec, 'requirements'), '.yaml').map(read),
    ProfileFile: files(join(spec, 'profiles'), '.yaml').map(read),
    ExclusionFile: [read(join(spec, 'exclusions.yaml'))],
    ErrorFile: [read(join(spec, 'errors.yaml'))],
    ReasonFile: [read(join(spec, 'reasons.yaml'))],
    OperatorFile: [read(join(spec, 'operators.yaml'))],
    NodeTestFile: [read(join(spec, 'node-tests.yaml'))],
  };
};
