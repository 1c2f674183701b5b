// The adapters that Causeway brings: interfaces that exist, put behind the standard.
import type { Adapter } from '../core/endpoint.ts';
import { jax } from './jax/index.ts';
import { onnxruntime } from './onnxruntime/index.ts';
import { opencl } from './opencl/index.ts';
import { reference } from './reference/index.ts';
import { tfjs } from './tfjs/index.ts';
import { torch } from './torch/index.ts';
import { vulkan } from './vulkan/index.ts';

export const adapters: readonly Adapter[] = [
  reference,
  opencl,
  vulkan,
  onnxruntime,
  jax,
  tfjs,
  torch,
];
