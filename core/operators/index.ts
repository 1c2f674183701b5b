// Every operator that is known here.
import { arithmetic } from './arithmetic.ts';
import { choosing } from './choosing.ts';
import type { Operators } from './definition.ts';
import { elementwise } from './elementwise.ts';
import { indexing } from './indexing.ts';
import { lanes } from './lanes.ts';
import { making } from './making.ts';
import { movement } from './movement.ts';
import { parts } from './parts.ts';
import { shaping } from './shaping.ts';

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
};
