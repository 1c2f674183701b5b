// Operators that make elements of little more than a shape or a type: constants, ranges, diagonals, other types.
import type { ElementType } from '../../schemas/generated/types.ts';
import { ELEMENT_TYPES, FORMATS, isFloat, rounded, type Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import { sizeOf } from '../onnx/tensor.ts';
import { wrapped } from './arithmetic.ts';
import {
  intOf,
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
} from './definition.ts';
import { positionsOf } from './positions.ts';

/** The type that an attribute names by its number in the file; that of the input where there is no attribute. */
const typeOf = (attributes: Attributes, name: string, otherwise: ElementType): ElementType => {
  const code = intOf(attributes, name, FORMATS[otherwise].code);
  const found = ELEMENT_TYPES.find((type) => FORMATS[type].code === code);
  if (!found) throw new ShapeError(`no type ${code}`);
  return found;
};

const constantOfShape: Operator = (inputs, attributes) => {
  const shape = numbersOf(required(inputs, 0));
  if (shape.some((length) => length < 0)) throw new ShapeError(`no shape ${shape}`);
  const given = attributes['value'];
  const value = given && 'tensor' in given ? given.tensor : undefined;
  const [filler = 0] = value?.values ?? [];
  const values = Array.from({ length: sizeOf(shape) }, () => filler);
  return [{ type: value?.type ?? 'float32', shape, values }];
};

const range: Operator = (inputs) => {
  const { type } = required(inputs, 0);
  const [start = 0, limit = 0, step = 0] = [0, 1, 2].flatMap((at) => required(inputs, at).values);
  const [from, by] = [Number(start), Number(step)];
  if (by === 0) throw new ShapeError('a step of 0');
  const length = Math.max(0, Math.ceil((Number(limit) - from) / by));
  const values = Array.from(
    { length },
    (_, at): Value =>
      isFloat(type) ? from + at * by : wrapped(type, BigInt(start) + BigInt(at) * BigInt(step)),
  );
  const magnitudes = values.map((_, at) => Math.abs(from) + Math.abs(at * by));
  return [{ type, shape: [length], values, magnitudes }];
};

const eyeLike: Operator = (inputs, attributes) => {
  const { type: given, shape } = required(inputs, 0);
  if (shape.length !== 2) throw new ShapeError(`${shape} is no matrix`);
  const type = typeOf(attributes, 'dtype', given);
  const k = intOf(attributes, 'k', 0);
  const values = [...positionsOf(shape)].map(([row = 0, column = 0]) =>
    rounded(type, column - row === k ? 1n : 0n),
  );
  return [{ type, shape, values }];
};

/** Floats are cut towards zero, integers lose the bits that do not fit, and whatever is not zero is true. */
const converted = (value: Value, from: ElementType, to: ElementType): Value => {
  if (to === 'bool') return Number(value) === 0 ? 0 : 1;
  if (isFloat(to)) return Number(value);
  const whole = Number(value);
  if (!isFloat(from)) return wrapped(to, BigInt(value));
  // What does not fit is left open.
  return wrapped(to, Number.isFinite(whole) ? BigInt(Math.trunc(whole)) : 0n);
};

const cast: Operator = (inputs, attributes) => {
  const { type: from, shape, values } = required(inputs, 0);
  const type = typeOf(attributes, 'to', from);
  return [{ type, shape, values: values.map((value) => converted(value, from, type)) }];
};

export const making: Operators = {
  ConstantOfShape: constantOfShape,
  Range: range,
  EyeLike: eyeLike,
  Cast: cast,
};
