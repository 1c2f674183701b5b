// The operators that level 1 asks for, as the table has them, and how cases about them are named: reports read by these
// names what suites have judged.
import { OPERATORS } from '../../schemas/generated/standard.ts';
import type { ElementType, RegisteredOperator } from '../../schemas/generated/types.ts';

export const registered: readonly RegisteredOperator[] = OPERATORS.map(
  (one) => structuredClone(one) as RegisteredOperator,
);

/** What level 1 asks for, and what a product may have beyond it. */
export const typesOf = ({ types, further = [] }: RegisteredOperator): readonly ElementType[] => [
  ...types,
  ...further,
];

/** `mod` of `FRM-OPS-001/mod`: a case about an operator, whatever its type. */
export const operatorName = (operator: string): string => operator.toLowerCase();

/** `mod-int64` of `FRM-OPS-012/mod-int64`: a case about one type. */
export const typeName = (operator: string, type: string): string =>
  `${operatorName(operator)}-${type}`;

/** `topk-float32-empty`: a case about tensors of a type that have no element. */
export const emptyName = (operator: string, type: string): string =>
  `${typeName(operator, type)}-empty`;
