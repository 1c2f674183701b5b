// The engine's JavaScript interface, as far as it is used here, and how it is found: the operators are in one package,
// and each backend that computes them in another.
import { join } from 'node:path';
import { natively } from '../kit/exceptions.ts';
import { folderOf, required } from '../kit/packages.ts';
import type { Arrays, Elements } from '../kit/tensors.ts';

export interface EngineTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  dataSync(): Elements;
  dispose(): void;
}

export interface Engine {
  tensor(data: Elements, shape: readonly number[], type: string): EngineTensor;
  /** Has the engine do one of its operations, `name` or `family.name`; what it throws is its refusal. */
  call(operation: string, ...given: readonly unknown[]): EngineTensor;
  /** The same, of an operation with several results. */
  callForAll(operation: string, ...given: readonly unknown[]): readonly EngineTensor[];
  /** Does work, and gives up all tensors that were made in it. */
  tidy(work: () => void): void;
}

export const CORE_PACKAGE = '@tensorflow/tfjs-core';

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
}

interface WasmModule {
  setWasmPaths(folder: string): void;
}

export const loadEngine = async (backend: Backend): Promise<Engine> => {
  const core = required(CORE_PACKAGE) as CoreModule;
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
    tidy: (work) => core.tidy(work),
  };
};
