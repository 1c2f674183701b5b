// How near the results of an operator come while a case runs: kept for the report, and never judged.
import type { Context } from '../../core/case.ts';
import { isFloat } from '../../core/onnx/element.ts';
import type { Tensor } from '../../core/onnx/tensor.ts';
import type { Evaluated } from '../../core/operators/definition.ts';
import type { ElementType, RegisteredOperator } from '../../schemas/generated/types.ts';
import { classified, UNITS } from '../distances.ts';
import { distancesOf } from './near.ts';

export class Nearness {
  readonly #row: RegisteredOperator;
  readonly #type: ElementType;
  readonly #found: number[] = [];

  constructor(row: RegisteredOperator, type: ElementType) {
    this.#row = row;
    this.#type = type;
  }

  /** Of one result; what is to be exact, or is of integers, is near or wrong and no more. */
  add(exact: Evaluated, observed: Tensor): void {
    if (this.#row.tolerance !== 'exact' && isFloat(exact.type))
      this.#found.push(...distancesOf(exact, observed));
  }

  /** Also where every result is the exact one: what was not measured is another thing. */
  tell(context: Context): void {
    if (this.#found.length > 0)
      context.measured({
        title: `How far ${this.#row.operator} is from the exact result`,
        of: this.#type,
        form: 'histogram',
        x: UNITS,
        y: 'elements',
        points: classified(this.#found),
      });
  }
}
