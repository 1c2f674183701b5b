// What the operators that go along a sequence are tried on.
import type { Attributes } from '../../../core/onnx/model.ts';
import { between, type Trial, type Trials } from './trial.ts';

interface Kind {
  readonly gates: number;
  /** How many results there are: all states, the last one, and of an LSTM the last cell. */
  readonly outputs: number;
  /** How the cell is seen, where it is. */
  readonly peepholes?: number;
  readonly attributes?: readonly Attributes[];
}

/** How long the sequence is, how many there are, how wide, and how many units there are. */
type Size = readonly [steps: number, batch: number, width: number, units: number];

const SIZES: readonly Size[] = [
  [3, 2, 3, 4],
  [1, 1, 2, 1],
  [4, 3, 4, 5],
  [3, 0, 3, 4],
];

const DIRECTIONS = [
  ['forward', 1],
  ['reverse', 1],
  ['bidirectional', 2],
] as const;

const int = (value: number) => ({ int: value });

const of =
  ({ gates, outputs, peepholes, attributes = [{}] }: Kind): Trials =>
  (random, type) =>
    attributes.flatMap((own) =>
      DIRECTIONS.flatMap(([direction, count]) =>
        SIZES.flatMap(([steps, batch, width, units]) => {
          const drawn = (...shape: readonly number[]) => between(random, type, shape, [-1, 1]);
          const weights = [drawn(count, gates * units, width), drawn(count, gates * units, units)];
          const bias = drawn(count, 2 * gates * units);
          const first = drawn(count, batch, units);
          const cell = peepholes ? [drawn(count, batch, units)] : [];
          const seen = peepholes ? [drawn(count, peepholes * units)] : [];
          const given = [
            weights,
            [...weights, bias],
            [...weights, undefined, undefined, first, ...cell],
            [...weights, bias, undefined, first, ...cell, ...seen],
          ];
          return given.map(
            (rest): Trial => ({
              about: 'values',
              inputs: [drawn(steps, batch, width), ...rest],
              constant: [1, 2, 3, 7],
              attributes: { ...own, hidden_size: int(units), direction: { text: direction } },
              outputs,
            }),
          );
        }),
      ),
    );

export const recurrent: Readonly<Record<string, Trials>> = {
  RNN: of({ gates: 1, outputs: 2 }),
  GRU: of({ gates: 3, outputs: 2, attributes: [{}, { linear_before_reset: int(1) }] }),
  LSTM: of({ gates: 4, outputs: 3, peepholes: 3 }),
};
