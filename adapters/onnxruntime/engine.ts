// The engine's JavaScript interface, as far as it is used here, and how a package that has it is found. Both packages
// bring the same interface: one runs native code, the other WebAssembly.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the engine calls element types is what the standard calls them. */
export interface EngineTensor {
  readonly type: string;
  readonly dims: readonly number[];
  /** Of a type of array that belongs to the element type. */
  readonly data: ArrayBufferView;
}

export interface ValueMetadata {
  readonly name: string;
  readonly isTensor: boolean;
  readonly type: string;
  /** A number, or the name of a dimension that is left open. */
  readonly shape: readonly (number | string)[];
}

export interface EngineSession {
  readonly inputMetadata: readonly ValueMetadata[];
  readonly outputMetadata: readonly ValueMetadata[];
  run(
    feeds: Readonly<Record<string, EngineTensor>>,
    fetches: readonly string[],
  ): Promise<Readonly<Record<string, EngineTensor>>>;
  release(): Promise<void>;
}

export interface Engine {
  readonly InferenceSession: {
    create(model: Uint8Array, options?: object): Promise<EngineSession>;
  };
  readonly Tensor: new (
    type: string,
    data: ArrayBufferView,
    dims: readonly number[],
  ) => EngineTensor;
}

/** The packages, by the name after the colon. */
export const PACKAGES = { node: 'onnxruntime-node', web: 'onnxruntime-web' } as const;
export type PackageId = keyof typeof PACKAGES;

const require = createRequire(import.meta.url);

/** The package's version, where it is installed. Its description may not be asked for by name, and lies above its code. */
export const versionOf = (id: PackageId): string | undefined => {
  try {
    const name = PACKAGES[id];
    const code = require.resolve(name);
    const folder = code.slice(0, code.lastIndexOf(name) + name.length);
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    return (JSON.parse(text) as { version: string }).version;
  } catch {
    return undefined;
  }
};

export const loadEngine = async (id: PackageId): Promise<Engine> => {
  // The path that the package has for this program, whatever it is bundled into.
  const found = (await import(pathToFileURL(require.resolve(PACKAGES[id])).href)) as
    | Engine
    | { readonly default: Engine };
  return 'InferenceSession' in found ? found : found.default;
};
