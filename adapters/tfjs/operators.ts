// Every ONNX operator that the engine has something for.
import { elementwise } from './elementwise.ts';
import type { Mappings } from './mapping.ts';

export const mappings: Mappings = { ...elementwise };
