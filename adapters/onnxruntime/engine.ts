// The engine's JavaScript interface, as far as it is used here, and which packages have it: one runs native code, the
// other WebAssembly.
import { required } from '../kit/packages.ts';
import type { Arrays, Elements } from '../kit/tensors.ts';

/** What the engine calls element types is what the standard calls them. */
export interface EngineTensor {
  readonly type: string;
  readonly dims: readonly number[];
  /** Of a type of array that belongs to the element type. */
  readonly data: Elements;
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
  readonly Tensor: new (type: string, data: Elements, dims: readonly number[]) => EngineTensor;
}

/** The arrays that it wants; 16-bit floats are their bits. It has none for bfloat16. */
export const ARRAYS: Arrays = {
  float32: (bytes) => new Float32Array(bytes),
  float64: (bytes) => new Float64Array(bytes),
  float16: (bytes) => new Uint16Array(bytes),
  int8: (bytes) => new Int8Array(bytes),
  int16: (bytes) => new Int16Array(bytes),
  int32: (bytes) => new Int32Array(bytes),
  int64: (bytes) => new BigInt64Array(bytes),
  uint8: (bytes) => new Uint8Array(bytes),
  uint16: (bytes) => new Uint16Array(bytes),
  uint32: (bytes) => new Uint32Array(bytes),
  uint64: (bytes) => new BigUint64Array(bytes),
  bool: (bytes) => new Uint8Array(bytes),
};

/** The packages, by the name after the colon. */
export const PACKAGES = { node: 'onnxruntime-node', web: 'onnxruntime-web' } as const;
export type PackageId = keyof typeof PACKAGES;

export const loadEngine = async (id: PackageId): Promise<Engine> =>
  required(PACKAGES[id]) as Engine;
