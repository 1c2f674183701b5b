// The trials of every operator of level 1.
import { arithmetic } from './arithmetic.ts';
import { choosing } from './choosing.ts';
import { convolutions } from './convolution.ts';
import { dropouts } from './dropout.ts';
import { elementwise } from './elementwise.ts';
import { indexing } from './indexing.ts';
import { lanes } from './lanes.ts';
import { linear } from './linear.ts';
import { making } from './making.ts';
import { movement } from './movement.ts';
import { normalization } from './normalization.ts';
import { parts } from './parts.ts';
import { pooling } from './pooling.ts';
import { quantization } from './quantization.ts';
import { recurrent } from './recurrent.ts';
import { reduction } from './reduction.ts';
import { resizes } from './resize.ts';
import { shaping } from './shaping.ts';
import { softmax } from './softmax.ts';
import type { Trials } from './trial.ts';

const all: Readonly<Record<string, Trials>> = {
  ...elementwise,
  ...arithmetic,
  ...shaping,
  ...movement,
  ...parts,
  ...indexing,
  ...choosing,
  ...lanes,
  ...making,
  ...reduction,
  ...linear,
  ...convolutions,
  ...pooling,
  ...normalization,
  ...recurrent,
  ...resizes,
  ...softmax,
  ...dropouts,
  ...quantization,
};

export const trialsOf = (operator: string): Trials => {
  const found = all[operator];
  if (!found) throw new Error(`${operator} has no trials`);
  return found;
};
