// The engine's JavaScript interface, as far as it is used here, and how it is found: one package has arrays and their
// operators, another reads ONNX models into them.
import { type Arrays, type Elements, noType } from '../kit/tensors.ts';

/** A reference to an array: whatever takes it, ends it. */
export interface EngineArray {
  readonly dtype: string;
  readonly shape: readonly number[];
  /** Another reference to the same array. */
  readonly ref: EngineArray;
  dataSync(): Elements;
  dispose(): void;
}

/** Of the description of a value in a model; its numbers are bigints. */
export interface EngineValueInfo {
  readonly name: string;
  readonly type?: {
    readonly value: {
      readonly case?: string;
      readonly value?: {
        readonly elemType: number;
        readonly shape?: {
          readonly dim: readonly {
            readonly value: { readonly case?: string; readonly value?: bigint | string };
          }[];
        };
      };
    };
  };
}

export interface EngineModel {
  readonly model: {
    readonly graph: {
      readonly input: readonly EngineValueInfo[];
      readonly output: readonly EngineValueInfo[];
      readonly initializer: readonly { readonly name: string }[];
    };
  };
  run(inputs: Readonly<Record<string, EngineArray>>): Readonly<Record<string, EngineArray>>;
  dispose(): void;
}

/** What makes gradients by the arguments of a function from weights of its results; it holds what it was made with. */
export interface EnginePull {
  (weights: readonly EngineArray[]): readonly EngineArray[];
  dispose(): void;
}

export interface Engine {
  readonly Model: new (bytes: Uint8Array) => EngineModel;
  array(
    data: Elements,
    options: { readonly shape: readonly number[]; readonly dtype: string },
  ): EngineArray;
  vjp(
    compute: (...given: readonly EngineArray[]) => readonly EngineArray[],
    given: readonly EngineArray[],
  ): readonly [readonly EngineArray[], EnginePull];
}

export const ARRAYS_PACKAGE = '@jax-js/jax';
export const MODELS_PACKAGE = '@jax-js/onnx';

/** The backends that run without a browser, by the name after the colon. */
export const BACKENDS = ['cpu', 'wasm'] as const;
export type Backend = (typeof BACKENDS)[number];

/** Its element types: others it has none for, and float16 where JavaScript has an array of them. */
export const ARRAYS: Arrays = {
  float32: (bytes) => new Float32Array(bytes),
  float64: (bytes) => new Float64Array(bytes),
  int32: (bytes) => new Int32Array(bytes),
  uint32: (bytes) => new Uint32Array(bytes),
  // Its truth values are words.
  bool: (bytes) => Int32Array.from(new Uint8Array(bytes)),
};

interface ArraysModule {
  init(backend: Backend): Promise<readonly string[]>;
  defaultDevice(backend: Backend): string;
  readonly numpy: { readonly array: Engine['array'] };
  readonly vjp: Engine['vjp'];
}

interface ModelsModule {
  readonly ONNXModel: Engine['Model'];
}

/** What browsers have and node 20 has not, and the engine asks for by name: that it is not there must be sayable. */
const stand = (name: string, value: unknown, where: object = globalThis): void => {
  if (!(name in where)) Object.defineProperty(where, name, { value });
};

/** In the place of an array that JavaScript has not: an engine that asks for one is told. */
class Missing {
  constructor() {
    throw noType('float16');
  }
}

/** What iterators have in browsers: the engine reads the equations of Einsum by these. */
function* map<T>(this: Iterable<T>, make: (one: T) => unknown): Generator {
  for (const one of this) yield make(one);
}

function* filter<T>(this: Iterable<T>, holds: (one: T) => boolean): Generator {
  for (const one of this) if (holds(one)) yield one;
}

export const loadEngine = async (backend: Backend): Promise<Engine> => {
  stand('navigator', { userAgent: 'node' });
  stand('Float16Array', Missing);
  const iterators = Object.getPrototypeOf(Object.getPrototypeOf([].values())) as object;
  stand('map', map, iterators);
  stand('filter', filter, iterators);
  // By names that a bundler does not follow; both packages then use the same arrays.
  const [arrays, models] = (await Promise.all(
    [ARRAYS_PACKAGE, MODELS_PACKAGE].map((name) => import(name)),
  )) as [ArraysModule, ModelsModule];
  await arrays.init(backend);
  arrays.defaultDevice(backend);
  return { Model: models.ONNXModel, array: arrays.numpy.array, vjp: arrays.vjp };
};
