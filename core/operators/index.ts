// Every operator that is known here.
import { arithmetic } from './arithmetic.ts';
import type { Operators } from './definition.ts';
import { elementwise } from './elementwise.ts';

export const operators: Operators = {
  ...elementwise,
  ...arithmetic,
};
