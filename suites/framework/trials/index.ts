// The trials of every operator of level 1.
import type { OperatorName } from '../../../schemas/generated/standard.ts';
import { arithmetic } from './arithmetic.ts';
import { convolutions } from './convolution.ts';
import { dropouts } from './dropout.ts';
import { elementwise } from './elementwise.ts';
import { linear } from './linear.ts';
import { normalization } from './normalization.ts';
import { pooling } from './pooling.ts';
import { quantization } from './quantization.ts';
import { recurrent } from './recurrent.ts';
import { reduction } from './reduction.ts';
import { resizes } from './resize.ts';
import { softmax } from './softmax.ts';
import type { Trials } from './trial.ts';

const all: Readonly<Record<string, Trials>> = {
  ...elementwise,
  ...arithmetic,
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

export const trialsOf = (operator: OperatorName): Trials => {
  const found = all[operator];
  if (!found) throw new Error(`${operator} has no trials`);
  return found;
};
