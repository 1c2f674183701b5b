// Every ONNX operator that the engine has something for.
import { chance } from './chance.ts';
import { elementwise } from './elementwise.ts';
import type { Mappings } from './mapping.ts';
import { shapes } from './shapes.ts';
import { sums } from './sums.ts';

export const mappings: Mappings = { ...elementwise, ...shapes, ...sums, ...chance };
