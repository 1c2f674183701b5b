// The engine's JavaScript interface, as far as it is used here, and how it is found: the operators are in one package,
// and each backend that computes them in another.
import { join } from 'node:path';
import { natively } from '../kit/exceptions.ts';
import { folderOf, required, versionOf } from '../kit/packages.ts';
import type { Arrays, Elements } from '../kit/tensors.ts';

export interface EngineTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  dataSync(): Elements;
  dispose(): void;
}

/** A tensor that keeps its name while it takes one value after another. */
export interface EngineVariable extends EngineTensor {
  assign(value: EngineTensor): void;
}

/** What an optimizer holds of its own: how many steps it took, and then one tensor for each variable. */
export interface EngineState {
  readonly name: string;
  readonly tensor: EngineTensor;
}

export interface EngineOptimizer {
  /** Takes a step, and gives what was to be made small as it was before. */
  minimize(
    compute: () => EngineTensor,
    returnsCost: true,
    variables: readonly EngineVariable[],
  ): EngineTensor;
  getWeights(): Promise<readonly EngineState[]>;
  setWeights(state: readonly EngineState[]): Promise<void>;
  dispose(): void;
}

export interface Engine {
  tensor(data: Elements, shape: readonly number[], type: string): EngineTensor;
  /** Has the engine do one of its operations, `name` or `family.name`; what it throws is its refusal. */
  call(operation: string, ...given: readonly unknown[]): EngineTensor;
  /** The same, of an operation with several results. */
  callForAll(operation: string, ...given: readonly unknown[]): readonly EngineTensor[];
  /** The gradients of a scalar that is computed of tensors. */
  gradients(
    compute: (...given: readonly EngineTensor[]) => EngineTensor,
    given: readonly EngineTensor[],
  ): readonly EngineTensor[];
  variable(value: EngineTensor): EngineVariable;
  optimizer(rate: number, momentum: number): EngineOptimizer;
  /** Does work, and gives up all tensors that were made in it. */
  tidy(work: () => void): void;
}

export const CORE_PACKAGE = '@tensorflow/tfjs-core';

/** All packages together. This one alone knows derivatives where it runs without a bundler: the operators' own leaves them out. */
const WHOLE_PACKAGE = '@tensorflow/tfjs';

/** Whether the engine can differentiate as it is installed. */
export const hasDerivatives = (): boolean => versionOf(WHOLE_PACKAGE) !== undefined;

/** The backends that run without a browser, by the name after the colon. */
export const BACKENDS = {
  cpu: '@tensorflow/tfjs-backend-cpu',
  wasm: '@tensorflow/tfjs-backend-wasm',
} as const;
export type Backend = keyof typeof BACKENDS;

/** Its element types, without complex numbers and strings. */
export const ARRAYS: Arrays = {
  float32: (bytes) => new Float32Array(bytes),
  int32: (bytes) => new Int32Array(bytes),
  bool: (bytes) => new Uint8Array(bytes),
};

interface CoreModule {
  readonly [operation: string]: unknown;
  setBackend(backend: Backend): Promise<boolean>;
  tensor: Engine['tensor'];
  tidy(work: () => void): void;
  grads(
    compute: (...given: readonly EngineTensor[]) => EngineTensor,
  ): (given: readonly EngineTensor[]) => readonly EngineTensor[];
  variable: Engine['variable'];
  readonly train: { momentum: Engine['optimizer'] };
}

interface WasmModule {
  setWasmPaths(folder: string): void;
}

export const loadEngine = async (backend: Backend): Promise<Engine> => {
  const core = required(CORE_PACKAGE) as CoreModule;
  // It tells the operators' package of them as it is loaded.
  if (hasDerivatives()) required(WHOLE_PACKAGE);
  const module = required(BACKENDS[backend]);
  if (backend === 'wasm') {
    const folder = folderOf(BACKENDS.wasm) ?? '';
    (module as WasmModule).setWasmPaths(join(folder, 'dist/'));
  }
  if (!(await core.setBackend(backend))) throw new Error(`the engine has no backend ${backend}`);
  const ask = (operation: string, given: readonly unknown[]): unknown => {
    const [group, member] = operation.split('.');
    const family = member === undefined ? core : (core[group ?? ''] as Record<string, unknown>);
    const found = family[member ?? operation];
    if (typeof found !== 'function') throw new Error(`the engine has no operation ${operation}`);
    return natively(() => found(...given) as unknown);
  };
  return {
    tensor: (data, shape, type) => natively(() => core.tensor(data, shape, type)),
    call: (operation, ...given) => ask(operation, given) as EngineTensor,
    callForAll: (operation, ...given) => ask(operation, given) as readonly EngineTensor[],
    gradients: (compute, given) => natively(() => core.grads(compute)(given)),
    variable: (value) => core.variable(value),
    optimizer: (rate, momentum) => core.train.momentum(rate, momentum),
    tidy: (work) => core.tidy(work),
  };
};
