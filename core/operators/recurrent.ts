// Operators that go along a sequence with a state: RNN, GRU and LSTM with the activations that they have by themselves.
import { FORMATS } from '../onnx/element.ts';
import type { Tensor } from '../onnx/tensor.ts';
import {
  type Evaluated,
  intOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { sigmoid } from './elementwise.ts';
import { added } from './sums.ts';

interface State {
  readonly hidden: readonly number[];
  /** Of an LSTM. */
  readonly cell: readonly number[];
}

/** One step of one sequence: what its gates are made of, each by its number in the order of the weights. */
interface Step {
  /** The input by its weights, with their bias. */
  readonly given: (gate: number) => readonly number[];
  /** A state by the recurrent weights, with their bias. */
  readonly kept: (gate: number, hidden: readonly number[]) => readonly number[];
  /** What a cell adds to a gate that sees it; nothing without such weights. */
  readonly seen: (place: number, cell: readonly number[]) => readonly number[];
}

interface Cell {
  readonly gates: number;
  readonly hasCell: boolean;
  readonly next: (step: Step, state: State, isLinearBeforeReset: boolean) => State;
}

/** Element by element. */
const each = (
  of: (...values: readonly number[]) => number,
  first: readonly number[],
  ...others: readonly (readonly number[])[]
): number[] => first.map((x, unit) => of(x, ...others.map((one) => one[unit] ?? 0)));

const sums = (...rows: readonly (readonly number[])[]): number[] =>
  each((...values) => added(values), rows[0] ?? [], ...rows.slice(1));

const times = (x: number, y = 0): number => x * y;

const plain: Cell = {
  gates: 1,
  hasCell: false,
  next: ({ given, kept }, { hidden, cell }) => ({
    hidden: sums(given(0), kept(0, hidden)).map(Math.tanh),
    cell,
  }),
};

/** Gates in the order update, reset, hidden. */
const gated: Cell = {
  gates: 3,
  hasCell: false,
  next: ({ given, kept }, { hidden, cell }, isLinearBeforeReset) => {
    const update = sums(given(0), kept(0, hidden)).map(sigmoid);
    const reset = sums(given(1), kept(1, hidden)).map(sigmoid);
    const old = isLinearBeforeReset
      ? each(times, reset, kept(2, hidden))
      : kept(2, each(times, reset, hidden));
    const fresh = sums(given(2), old).map(Math.tanh);
    const mixed = each((z, x = 0, h = 0) => (1 - z) * x + z * h, update, fresh, hidden);
    return { hidden: mixed, cell };
  },
};

/** Gates in the order input, output, forget, cell; the first three may see the cell. */
const long: Cell = {
  gates: 4,
  hasCell: true,
  next: ({ given, kept, seen }, { hidden, cell }) => {
    const gate = (index: number, from: readonly number[]): number[] =>
      sums(given(index), kept(index, hidden), seen(index, from)).map(sigmoid);
    const fresh = sums(given(3), kept(3, hidden)).map(Math.tanh);
    const next = sums(each(times, gate(2, cell), cell), each(times, gate(0, cell), fresh));
    return { hidden: each(times, gate(1, next), next.map(Math.tanh)), cell: next };
  },
};

/** The `index`th of several rows of one length. */
const rowOf = (one: Tensor | undefined, index: number, length: number): number[] =>
  Array.from({ length }, (_, place) => Number(one?.values[index * length + place] ?? 0));

const DIRECTIONS: Readonly<Record<string, readonly ('forward' | 'reverse')[]>> = {
  forward: ['forward'],
  reverse: ['reverse'],
  bidirectional: ['forward', 'reverse'],
};

/** States are bounded, and so is how far an error grows in a few steps. */
const evaluated = (
  type: Tensor['type'],
  shape: readonly number[],
  values: number[],
): Evaluated => ({
  type,
  shape,
  values,
  magnitudes: values.map((x) => 1 + Math.abs(x)),
});

const along =
  ({ gates, hasCell, next }: Cell): Operator =>
  (inputs, attributes, outputs) => {
    const [data, weights, recurrent] = [0, 1, 2].map((index) => required(inputs, index));
    if (!data || !weights || !recurrent || FORMATS[data.type].kind !== 'float') {
      throw new ShapeError('a sequence of floats and two weights');
    }
    if (inputs[4] || intOf(attributes, 'layout', 0) !== 0) throw new ShapeError('not known here');
    const directions = DIRECTIONS[textOf(attributes, 'direction', 'forward')] ?? [];
    const [steps = 0, batch = 0, width = 0] = data.shape;
    const units = recurrent.shape[2] ?? 0;
    const isLinearBeforeReset = intOf(attributes, 'linear_before_reset', 0) !== 0;
    const [bias, hiddens, cells, peepholes] = [inputs[3], inputs[5], inputs[6], inputs[7]];
    const all = new Array<number>(steps * directions.length * batch * units).fill(0);
    const last: State[] = [];
    const dot = (row: readonly number[], values: readonly number[]): number =>
      added(each(times, row, values));
    for (const [direction, way] of directions.entries()) {
      /** A matrix of one direction and gate, by a vector, with its bias. */
      const by =
        (matrix: Tensor, length: number, part: number) =>
        (gate: number, values: readonly number[]): number[] => {
          const first = (direction * gates + gate) * units;
          const shift = rowOf(bias, (direction * 2 + part) * gates + gate, units);
          return shift.map((x, unit) => x + dot(rowOf(matrix, first + unit, length), values));
        };
      const [fresh, kept] = [by(weights, width, 0), by(recurrent, units, 1)];
      const seen: Step['seen'] = (place, cell) =>
        each(times, rowOf(peepholes, direction * 3 + place, units), cell);
      for (let image = 0; image < batch; image += 1) {
        const row = direction * batch + image;
        let state: State = {
          hidden: rowOf(hiddens, row, units),
          cell: rowOf(cells, row, units),
        };
        for (let step = 0; step < steps; step += 1) {
          const time = way === 'forward' ? step : steps - 1 - step;
          const values = rowOf(data, time * batch + image, width);
          state = next(
            { given: (gate) => fresh(gate, values), kept, seen },
            state,
            isLinearBeforeReset,
          );
          const place = (time * directions.length + direction) * batch + image;
          for (const [unit, x] of state.hidden.entries()) all[place * units + unit] = x;
        }
        last.push(state);
      }
    }
    const ends = [directions.length, batch, units];
    const { type } = data;
    return [
      evaluated(type, [steps, ...ends], all),
      evaluated(
        type,
        ends,
        last.flatMap(({ hidden }) => hidden),
      ),
      ...(hasCell
        ? [
            evaluated(
              type,
              ends,
              last.flatMap(({ cell }) => cell),
            ),
          ]
        : []),
    ].slice(0, outputs);
  };

export const recurrent: Operators = {
  RNN: along(plain),
  GRU: along(gated),
  LSTM: along(long),
};
