// The trials of every operator of level 1.
import type { OperatorName } from '../../../schemas/generated/standard.ts';
import { arithmetic } from './arithmetic.ts';
import { choosing } from './choosing.ts';
import { elementwise } from './elementwise.ts';
import { indexing } from './indexing.ts';
import { lanes } from './lanes.ts';
import { making } from './making.ts';
import { movement } from './movement.ts';
import { parts } from './parts.ts';
import { shaping } from './shaping.ts';
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
};

export const trialsOf = (operator: OperatorName): Trials => {
  const found = all[operator];
  if (!found) throw new Error(`${operator} has no trials`);
  return found;
};
