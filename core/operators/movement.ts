// Operators that move elements or repeat them: the same values in other places.
import type { Tensor } from '../onnx/tensor.ts';
import {
  intOf,
  intsOf,
  numbersOf,
  type Operator,
  type Operators,
  required,
  ShapeError,
  textOf,
} from './definition.ts';
import { elementAt, picked, replaced } from './picked.ts';
import { axisOf, broadcastShape, broadcastValues, positionsOf } from './positions.ts';

const transpose: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const axes = data.shape.map((_, axis) => axis);
  const order = intsOf(attributes, 'perm') ?? axes.toReversed();
  if (order.toSorted((x, y) => x - y).join() !== axes.join()) {
    throw new ShapeError(`${order} is no order of ${axes.length} dimensions`);
  }
  const shape = order.map((axis) => data.shape[axis] ?? 0);
  return [
    picked(data, shape, (position) => axes.map((axis) => position[order.indexOf(axis)] ?? 0)),
  ];
};

const concat: Operator = (inputs, attributes) => {
  const first = required(inputs, 0);
  const given = inputs.flatMap((one) => (one ? [one] : []));
  const axis = axisOf(intOf(attributes, 'axis', 0), first.shape.length);
  const others = ({ shape }: Tensor): string => replaced(shape, axis, 0).join();
  if (given.some((one) => one.type !== first.type || others(one) !== others(first))) {
    throw new ShapeError(`tensors that do not go together along axis ${axis}`);
  }
  const owners = given.flatMap((one) =>
    Array.from({ length: one.shape[axis] ?? 0 }, (_, at) => ({ one, at })),
  );
  const shape = replaced(first.shape, axis, owners.length);
  const values = [...positionsOf(shape)].map((position) => {
    const { one, at } = owners[position[axis] ?? 0] ?? { one: first, at: 0 };
    return elementAt(one, replaced(position, axis, at));
  });
  return [{ type: first.type, shape, values }];
};

const expand: Operator = (inputs) => {
  const data = required(inputs, 0);
  const shape = broadcastShape([data.shape, numbersOf(required(inputs, 1))]);
  return [{ type: data.type, shape, values: broadcastValues(data, shape) }];
};

const tile: Operator = (inputs) => {
  const data = required(inputs, 0);
  const repeats = numbersOf(required(inputs, 1));
  if (repeats.length !== data.shape.length || repeats.some((count) => count < 0)) {
    throw new ShapeError(`no ${repeats} times ${data.shape}`);
  }
  const shape = data.shape.map((length, axis) => length * (repeats[axis] ?? 1));
  return [
    picked(data, shape, (position) => position.map((at, axis) => at % (data.shape[axis] ?? 1))),
  ];
};

/** Batch, channels, height and width. */
const imageOf = (inputs: Parameters<Operator>[0]) => {
  const data = required(inputs, 0);
  if (data.shape.length !== 4) throw new ShapeError(`${data.shape} is no batch of images`);
  const [batch = 0, channels = 0, height = 0, width = 0] = data.shape;
  return { data, batch, channels, height, width };
};

/** Depth holds the place in a block before the channel (DCR), or behind it (CRD). */
const depthToSpace: Operator = (inputs, attributes) => {
  const { data, batch, channels, height, width } = imageOf(inputs);
  const block = intOf(attributes, 'blocksize', 0);
  const depth = channels / block ** 2;
  if (!Number.isInteger(depth)) throw new ShapeError(`${channels} channels in blocks of ${block}`);
  const isDepthFirst = textOf(attributes, 'mode', 'DCR') === 'DCR';
  return [
    picked(data, [batch, depth, height * block, width * block], ([n = 0, c = 0, y = 0, x = 0]) => {
      const place = (y % block) * block + (x % block);
      const channel = isDepthFirst ? place * depth + c : c * block ** 2 + place;
      return [n, channel, Math.floor(y / block), Math.floor(x / block)];
    }),
  ];
};

const spaceToDepth: Operator = (inputs, attributes) => {
  const { data, batch, channels, height, width } = imageOf(inputs);
  const block = intOf(attributes, 'blocksize', 0);
  const shape = [batch, channels * block ** 2, height / block, width / block];
  if (!shape.every(Number.isInteger)) throw new ShapeError(`${data.shape} in blocks of ${block}`);
  return [
    picked(data, shape, ([n = 0, c = 0, y = 0, x = 0]) => {
      const place = Math.floor(c / channels);
      const [down, right] = [Math.floor(place / block), place % block];
      return [n, c % channels, y * block + down, x * block + right];
    }),
  ];
};

/** Of each sequence of a batch as many as its length, in reverse. */
const reverseSequence: Operator = (inputs, attributes) => {
  const data = required(inputs, 0);
  const lengths = numbersOf(required(inputs, 1));
  const [batch, time] = [intOf(attributes, 'batch_axis', 1), intOf(attributes, 'time_axis', 0)];
  const fits = lengths.every((length) => length >= 0 && length <= (data.shape[time] ?? 0));
  if (batch === time || lengths.length !== data.shape[batch] || !fits) {
    throw new ShapeError(`no sequences of ${lengths} in ${data.shape}`);
  }
  return [
    picked(data, data.shape, (position) => {
      const [at, length] = [position[time] ?? 0, lengths[position[batch] ?? 0] ?? 0];
      return at < length ? replaced(position, time, length - 1 - at) : position;
    }),
  ];
};

export const movement: Operators = {
  Transpose: transpose,
  Concat: concat,
  Expand: expand,
  Tile: tile,
  DepthToSpace: depthToSpace,
  SpaceToDepth: spaceToDepth,
  ReverseSequence: reverseSequence,
};
