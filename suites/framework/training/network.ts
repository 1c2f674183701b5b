// The network that is trained, as a model, and as the plain arithmetic of its steps in binary64: its gradients stand here
// as calculus gives them.
import type { Model } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { Optimizer } from '../../../schemas/generated/types.ts';
import { modelOf, node, value } from '../models.ts';
import { between, numbers } from '../trials/trial.ts';

const BATCH = 8;
const WIDTH = 4;

export const PARAMETERS = ['w', 'b', 'v', 'c'] as const;
type Name = (typeof PARAMETERS)[number];
type Weights = Readonly<Record<Name, Tensor>>;

export const drawn = (random: Random): Weights => ({
  w: between(random, 'float32', [2, WIDTH], [-1, 1]),
  b: between(random, 'float32', [WIDTH], [-1, 1]),
  v: between(random, 'float32', [WIDTH, 1], [-1, 1]),
  c: between(random, 'float32', [1], [-1, 1]),
});

/** The mean of (tanh(x w + b) v + c - t) squared, of a batch. */
export const network = (weights: Weights): Model =>
  modelOf({
    nodes: [
      node('MatMul', ['x', 'w'], ['xw']),
      node('Add', ['xw', 'b'], ['a']),
      node('Tanh', ['a'], ['h']),
      node('MatMul', ['h', 'v'], ['hv']),
      node('Add', ['hv', 'c'], ['y']),
      node('Sub', ['y', 't'], ['e']),
      node('Mul', ['e', 'e'], ['q']),
      node('ReduceMean', ['q'], ['loss'], { keepdims: { int: 0 } }),
    ],
    initializers: weights,
    inputs: [value('x', 'float32', [BATCH, 2]), value('t', 'float32', [BATCH, 1])],
    outputs: [value('loss', 'float32', [])],
  });

export interface Batch {
  readonly x: Tensor;
  readonly t: Tensor;
}

/** Places, and what is to be learned of each: something that no line is. */
export const batch = (random: Random): Batch => {
  const x = between(random, 'float32', [BATCH, 2], [-2, 2]);
  const t = Array.from({ length: BATCH }, (_, row) => {
    const [p, q] = [Number(x.values[2 * row]), Number(x.values[2 * row + 1])];
    return Math.sin(p) + q / 2;
  });
  return { x, t: numbers('float32', [BATCH, 1], t) };
};

const sum = (terms: readonly number[]): number => terms.reduce((one, other) => one + other, 0);

/** Trains as the definition says, one batch after another: gives the loss of each step, before it is taken. */
export const trainer = (weights: Weights, { rate, momentum }: Optimizer) => {
  const values = new Map(PARAMETERS.map((name) => [name, weights[name].values.map(Number)]));
  const velocities = new Map(PARAMETERS.map((name) => [name, weights[name].values.map(() => 0)]));
  const at = (name: Name, index: number): number => values.get(name)?.[index] ?? 0;
  const units = Array.from({ length: WIDTH }, (_, unit) => unit);

  const move = (name: Name, gradient: (index: number) => number): void => {
    const speeds = velocities.get(name)?.map((speed, i) => momentum * speed + gradient(i)) ?? [];
    velocities.set(name, speeds);
    const moved = values.get(name)?.map((x, index) => x - rate * (speeds[index] ?? 0)) ?? [];
    values.set(name, moved);
  };

  return ({ x, t }: Batch): number => {
    const rows = Array.from({ length: BATCH }, (_, row) => {
      const [p, q] = [Number(x.values[2 * row]), Number(x.values[2 * row + 1])];
      const hidden = units.map((unit) =>
        Math.tanh(p * at('w', unit) + q * at('w', WIDTH + unit) + at('b', unit)),
      );
      const made = sum(units.map((unit) => (hidden[unit] ?? 0) * at('v', unit))) + at('c', 0);
      const error = made - Number(t.values[row]);
      // The loss by what each unit adds up.
      const back = units.map(
        (unit) => ((2 * error) / BATCH) * at('v', unit) * (1 - (hidden[unit] ?? 0) ** 2),
      );
      return { from: [p, q], hidden, error, back };
    });
    const over = (term: (row: (typeof rows)[number]) => number): number => sum(rows.map(term));
    move('w', (index) =>
      over(({ from, back }) => {
        return (from[Math.floor(index / WIDTH)] ?? 0) * (back[index % WIDTH] ?? 0);
      }),
    );
    move('b', (unit) => over(({ back }) => back[unit] ?? 0));
    move('v', (unit) => over(({ hidden, error }) => ((2 * error) / BATCH) * (hidden[unit] ?? 0)));
    move('c', () => over(({ error }) => (2 * error) / BATCH));
    return over(({ error }) => error ** 2) / BATCH;
  };
};
