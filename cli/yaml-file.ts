// A YAML file that a user wrote, held to its schema: every fault with the line where it stands.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { faultOf, type ValidatedName } from '../schemas/validate.ts';
import { UsageError } from './usage-error.ts';

/** The library, loaded once a file is read: most commands read none. */
const library = (): typeof import('yaml') =>
  createRequire(import.meta.url)('yaml') as typeof import('yaml');

/** What a file is, and where its schema stands. */
export interface FileKind {
  readonly name: ValidatedName;
  readonly schema: string;
  /** `target file`. */
  readonly called: string;
}

export interface YamlFile<T> {
  readonly value: T;
  /** `line 7`, for a JSON Pointer into the value. */
  readonly placeOf: (pointer: string) => string;
}

/** The line where the file has what a pointer names, or the nearest that is around it. */
const placeInFile = (text: string, pointer: string): string => {
  const document = library().parseDocument(text);
  const path = pointer.split('/').slice(1);
  for (let depth = path.length; depth > 0; depth -= 1) {
    const node = document.getIn(path.slice(0, depth), true) as { range?: [number] } | undefined;
    if (node?.range) return `line ${text.slice(0, node.range[0]).split('\n').length}`;
  }
  return 'line 1';
};

/** Reads and checks a file; every fault names the place and what was expected there. */
export const readYamlFile = <T>(path: string, { name, schema, called }: FileKind): YamlFile<T> => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${(error as Error).message}`);
  }
  const document = library().parseDocument(text);
  const [broken] = document.errors;
  if (broken) {
    throw new UsageError(`${path}: not YAML: ${broken.message.split('\n')[0]?.replace(/:$/, '')}`);
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const fault = faultOf(name, value);
  if (fault) {
    const place = fault.place === '' ? 'the file' : fault.place.slice(1).replaceAll('/', '.');
    throw new UsageError(
      `${path}, ${placeInFile(text, fault.place)}: ${place} ${fault.problem}; ${schema} says what a ${called} may hold`,
    );
  }
  return { value: value as T, placeOf: (pointer) => placeInFile(text, pointer) };
};
