// How far an answer may be from the right one, by the form of a program: spec/kernel.md, section 7, has the table and
// its sources.
import type { BuiltFormat } from './formats.ts';
import { admits, type Bound, LARGEST, LEAST_NORMAL, unitAt, vanishes } from './numbers.ts';
import { FUNCTIONS, type Given, type Operation } from './operations.ts';

/** What one form of program says of an operation on what it is given. */
type Rule = (given: Given, exact: number) => Bound;

const always =
  (bound: Bound): Rule =>
  () =>
    bound;

const NEAREST = always('nearest');
const within = (units: number): Rule => always({ units });

/** Of programs as source. */
const SOURCE: Readonly<Record<string, Rule>> = {
  divide: within(2.5),
  'square-root': within(3),
  exponential: within(3),
  'power-of-two': within(3),
  logarithm: within(3),
  'binary-logarithm': within(3),
  sine: within(4),
  cosine: within(4),
  'reciprocal-root': within(2),
};

const exponential: Rule = ([x]) => ({ units: 3 + 2 * Math.abs(x) });

const logarithm: Rule = ([x]) => (x >= 0.5 && x <= 2 ? { distance: 2 ** -21 } : { units: 3 });

const turning: Rule = ([x]) => (Math.abs(x) <= Math.PI ? { distance: 2 ** -11 } : 'open');

/** A product and a sum, each rounded to one side or the other, where the product can be had as a float at all. */
const fused: Rule = ([x, y], exact) => {
  const product = Math.abs(x * y);
  if (product > LARGEST) return 'open';
  // One that is subnormal may be lost whole.
  const lost = product < LEAST_NORMAL ? product : 0;
  return { distance: unitAt(product) + unitAt(exact) + lost };
};

/** Of shaders; what is inherited is multiplied out. */
const SHADER: Readonly<Record<string, Rule>> = {
  divide: ([, y]) =>
    Math.abs(y) >= LEAST_NORMAL && Math.abs(y) <= 2 ** 126 ? { units: 2.5 } : 'open',
  // 1 / inversesqrt(x): two units of a root are up to four of what is divided by it.
  'square-root': ([x]) => (x < LEAST_NORMAL ? 'open' : { units: 6.5 }),
  fuse: fused,
  exponential,
  'power-of-two': exponential,
  logarithm,
  'binary-logarithm': logarithm,
  sine: turning,
  cosine: turning,
  'reciprocal-root': within(2),
};

/** What cannot be expressed as a float that is a number, a shader need not keep. */
const inShaders =
  (rule: Rule): Rule =>
  (given, exact) => {
    const finite = given.every(Number.isFinite) && Number.isFinite(Math.fround(exact));
    return finite ? rule(given, exact) : 'open';
  };

const isFunction = (id: string): boolean => FUNCTIONS.some((one) => one.id === id);

const RULES: Readonly<Record<BuiltFormat, (id: string) => Rule>> = {
  'opencl-c': (id) => SOURCE[id] ?? NEAREST,
  'spirv-shader-1.0': (id) => inShaders(SHADER[id] ?? always('around')),
  // The kernels' own arithmetic, of which WebAssembly leaves nothing open; their functions are rounded once.
  'wasm-kernel-1.0': (id) => (isFunction(id) ? within(1) : NEAREST),
};

/** Forms that leave it to a device whether it has subnormal numbers. */
const FLUSHES: Readonly<Record<BuiltFormat, boolean>> = {
  'opencl-c': true,
  'spirv-shader-1.0': true,
  'wasm-kernel-1.0': false,
};

const isSubnormal = (value: number): boolean => value !== 0 && Math.abs(value) < LEAST_NORMAL;

/** What is given, and the same with zeros in place of subnormal numbers, in every way. */
const flushed = ([x, y, z]: Given): Given[] => {
  const ways = (value: number): number[] => (isSubnormal(value) ? [value, 0 * value] : [value]);
  return ways(x).flatMap((one) =>
    ways(y).flatMap((two) => ways(z).map((three): Given => [one, two, three])),
  );
};

/** What an operation may come to in a form of program. */
export const boundOf = (format: BuiltFormat, { id, value }: Operation, given: Given): Bound =>
  RULES[format](id)(given, value(...given).exact);

/** Whether a form of program admits an answer to an operation. */
export const isAdmitted = (
  format: BuiltFormat,
  operation: Operation,
  given: Given,
  answer: number,
): boolean =>
  (FLUSHES[format] ? flushed(given) : [given]).some((one) => {
    const bound = boundOf(format, operation, one);
    const value = operation.value(...one);
    return (
      admits(bound, value, answer) || (FLUSHES[format] && answer === 0 && vanishes(bound, value))
    );
  });
