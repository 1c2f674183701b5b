// The trials of every operator of level 1.
import type { OperatorName } from '../../../schemas/generated/standard.ts';
import { arithmetic } from './arithmetic.ts';
import { elementwise } from './elementwise.ts';
import type { Trials } from './trial.ts';

const all: Readonly<Record<string, Trials>> = { ...elementwise, ...arithmetic };

export const trialsOf = (operator: OperatorName): Trials => {
  const found = all[operator];
  if (!found) throw new Error(`${operator} has no trials`);
  return found;
};
