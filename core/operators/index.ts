// Every operator that is known here.
import { arithmetic } from './arithmetic.ts';
import { choosing } from './choosing.ts';
import { convolutions } from './convolution.ts';
import type { Operators } from './definition.ts';
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

export const operators: Operators = {
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
