// Tensors as the suite computes with them, and as messages carry them.
import type { ElementType, Tensor as Message } from '../../schemas/generated/types.ts';
import { bytesOf, FORMATS, type Value, valuesOf } from './element.ts';

export interface Tensor {
  readonly type: ElementType;
  /** The outermost first; a scalar has none. */
  readonly shape: readonly number[];
  /** In row-major order. */
  readonly values: readonly Value[];
}

/** How many elements a shape has. */
export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((product, length) => product * length, 1);

export const tensor = (
  type: ElementType,
  shape: readonly number[],
  values: readonly Value[],
): Tensor => ({ type, shape, values });

export const toMessage = ({ type, shape, values }: Tensor): Message => ({
  type,
  shape: [...shape],
  base64: Buffer.from(bytesOf(type, values)).toString('base64'),
});

/** The tensor that a message has; undefined where its bytes are not as many as its shape says. */
export const fromMessage = ({ type, shape, base64 }: Message): Tensor | undefined => {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== sizeOf(shape) * FORMATS[type].bytes) return undefined;
  return { type, shape, values: valuesOf(type, bytes) };
};
