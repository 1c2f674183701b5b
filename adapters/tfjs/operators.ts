// Every ONNX operator that the engine has something for.

import { activations } from './activations.ts';
import { chance } from './chance.ts';
import { choices } from './choices.ts';
import { elementwise } from './elementwise.ts';
import { images } from './images.ts';
import type { Mappings } from './mapping.ts';
import { normalizations } from './normalizations.ts';
import { recurrent } from './recurrent.ts';
import { shapes } from './shapes.ts';
import { sums } from './sums.ts';
import { windows } from './windows.ts';

export const mappings: Mappings = {
  ...elementwise,
  ...activations,
  ...shapes,
  ...choices,
  ...sums,
  ...windows,
  ...normalizations,
  ...images,
  ...recurrent,
  ...chance,
};
