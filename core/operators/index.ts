// Every operator that is known here.
import { arithmetic } from './arithmetic.ts';
import { convolutions } from './convolution.ts';
import type { Operators } from './definition.ts';
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

export const operators: Operators = {
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
