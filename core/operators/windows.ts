// Windows that go over the spatial dimensions of a tensor: strides, dilations and paddings of convolutions and pools.
import type { Attributes } from '../onnx/model.ts';
import { intOf, intsOf, ShapeError, textOf } from './definition.ts';
import { positionsOf } from './positions.ts';

/** One spatial dimension. */
export interface Side {
  readonly input: number;
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  readonly output: number;
}

/** From its first element to its last. */
export const spanOf = (kernel: number, dilation: number): number => (kernel - 1) * dilation + 1;

/** A padding's two parts; one that is odd has the larger part at the end, or for SAME_LOWER at the beginning. */
export const halves = (total: number, isLower: boolean): readonly [number, number] => {
  const least = Math.floor(total / 2);
  return isLower ? [total - least, least] : [least, total - least];
};

/** Where the windows of each spatial dimension lie. */
export const sidesOf = (
  input: readonly number[],
  kernel: readonly number[],
  attributes: Attributes,
): Side[] => {
  if (input.length !== kernel.length) throw new ShapeError(`[${kernel}] on [${input}]`);
  const auto = textOf(attributes, 'auto_pad', 'NOTSET');
  const pads = auto === 'NOTSET' ? intsOf(attributes, 'pads') : undefined;
  const steps = intOf(attributes, 'ceil_mode', 0) === 0 ? Math.floor : Math.ceil;
  return input.map((length, axis): Side => {
    const size = kernel[axis] ?? 1;
    const stride = intsOf(attributes, 'strides')?.[axis] ?? 1;
    const dilation = intsOf(attributes, 'dilations')?.[axis] ?? 1;
    const side = { input: length, kernel: size, stride, dilation };
    const span = spanOf(size, dilation);
    if (auto.startsWith('SAME')) {
      const output = Math.ceil(length / stride);
      const total = Math.max((output - 1) * stride + span - length, 0);
      const [before, after] = halves(total, auto === 'SAME_LOWER');
      return { ...side, before, after, output };
    }
    const before = pads?.[axis] ?? 0;
    const after = pads?.[axis + input.length] ?? 0;
    const output = steps((length + before + after - span) / stride) + 1;
    if (output < 1) throw new ShapeError(`a window of ${span} is longer than its input`);
    return { ...side, before, after, output };
  });
};

/** One element of a window: its place in the kernel and in the input, and whether it is one of the input's. */
export interface Tap {
  readonly kernel: readonly number[];
  readonly input: readonly number[];
  readonly place: 'inside' | 'padding' | 'beyond';
}

/** The elements of the window for one element of the result. */
export const tapsOf = (sides: readonly Side[], at: readonly number[]): Tap[] =>
  [...positionsOf(sides.map((side) => side.kernel))].map((kernel) => {
    const input = sides.map(
      ({ stride, dilation, before }, axis) =>
        (at[axis] ?? 0) * stride + (kernel[axis] ?? 0) * dilation - before,
    );
    const isAll = (holds: (side: Side, index: number) => boolean): boolean =>
      sides.every((side, axis) => holds(side, input[axis] ?? 0));
    const isInside = isAll((side, index) => index >= 0 && index < side.input);
    const isPadding = isAll((side, index) => index < side.input + side.after);
    return { kernel, input, place: isInside ? 'inside' : isPadding ? 'padding' : 'beyond' };
  });
