// Data for operators that move elements or choose among them: no two alike, so that one in a wrong place is seen.
import { endsOf, FORMATS, isFloat, type Value } from '../../../core/onnx/element.ts';
import { sizeOf, type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import type { Random } from '../../../core/random.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { drawn, shuffled, type Trial, type Trials } from './trial.ts';

/** A trial that is about values, where it says nothing else. */
export type Ground = Omit<Trial, 'about'> & Partial<Pick<Trial, 'about'>>;

export type Data = (shape: readonly number[]) => Tensor;

/** A tensor of a type with no value twice, in no order: no type of two values alone. */
export const distinct = (random: Random, type: ElementType, shape: readonly number[]): Tensor =>
  drawn(type, shape, () => {
    const values = shuffled(random, [...Array(sizeOf(shape)).keys()]);
    const least = FORMATS[type].kind === 'unsigned' ? 0 : Math.floor(values.length / 2);
    const step = isFloat(type) ? 0.5 : 1;
    return values.map((value) => (value - least) * step);
  });

/** A tensor of whole numbers between two ends, of any type. */
export const whole = (
  random: Random,
  type: ElementType,
  shape: readonly number[],
  least: number,
  most: number,
): Tensor =>
  drawn(type, shape, () =>
    Array.from({ length: sizeOf(shape) }, () => random.integer(least, most)),
  );

/** Floats that are to arrive as they left: zeros with a sign, no numbers, and one that is subnormal. */
const rare = (type: ElementType, shape: readonly number[]): Tensor => {
  const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
  const subnormal = { float64: 2 ** -1070, float16: 2 ** -20 }[type as string] ?? 2 ** -140;
  const values = [-0, none, infinity, subnormal, 0, -infinity, 1];
  return drawn(type, shape, () =>
    Array.from({ length: sizeOf(shape) }, (_, index) => values[index % values.length] ?? 0),
  );
};

/** An integer as its type has it. */
export const heldAs = (type: ElementType, value: bigint): Value =>
  FORMATS[type].bytes === 8 ? value : Number(value);

/** Integers that need all bits of their type: its ends, and such as neither half the bits nor a float of that width hold. */
export const wide = (type: ElementType, shape: readonly number[]): Tensor => {
  const [low, high] = endsOf(type);
  const values = [high, low, high / 2n + 2n, 0n, high - 1n, low + 1n, high / 3n];
  const held = Array.from({ length: sizeOf(shape) }, (_, index) =>
    heldAs(type, values[index % values.length] ?? 0n),
  );
  return tensor(type, shape, held);
};

type Grounds = (data: Data, random: Random, type: ElementType) => readonly Ground[];

/**
 * Grounds of truth values. There are two of these, so that an element in a wrong place may look right: each element has
 * a number, and a ground is tried once for each bit of it. The numbers leave out the one without a bit and the one with
 * all, which a constant in an element's place would have.
 */
const inBits = (grounds: Grounds, random: Random): readonly Ground[] => {
  const bits = new Map<Tensor | undefined, (bit: number) => Tensor>();
  const given = grounds(
    (shape) => {
      const order = distinct(random, 'uint16', shape);
      const of = (bit: number): Tensor =>
        drawn('bool', shape, () => order.values.map((value) => ((Number(value) + 1) >> bit) & 1));
      const first = of(0);
      bits.set(first, of);
      return first;
    },
    random,
    'bool',
  );
  return given.flatMap((ground) => {
    const sizes = ground.inputs.map((one) => (one && bits.has(one) ? sizeOf(one.shape) : 0));
    return Array.from({ length: Math.ceil(Math.log2(Math.max(...sizes) + 2)) }, (_, bit) => ({
      ...ground,
      inputs: ground.inputs.map((one) => bits.get(one)?.(bit) ?? one),
    }));
  });
};

/**
 * Trials of an operator that moves: of distinct values, and the first of floats also of those that are rare, of integers
 * of those that need all their bits.
 */
export const moving =
  (grounds: Grounds): Trials =>
  (random, type) => {
    const given =
      type === 'bool'
        ? inBits(grounds, random)
        : grounds((shape) => distinct(random, type, shape), random, type);
    const trials = given.map((one): Trial => ({ about: 'values', ...one }));
    if (type === 'bool') return trials;
    const made = isFloat(type) ? rare : wide;
    const [first] = grounds((shape) => made(type, shape), random, type);
    if (!first) return trials;
    return [...trials, { ...first, about: isFloat(type) ? 'special' : 'values' }];
  };

export const int = (value: number) => ({ int: value });
export const text = (value: string) => ({ text: value });
