// What TensorFlow.js itself computes where test/expected/tfjs*.yaml says that it departs from ONNX: its own operations,
// with nothing of Causeway between. Each line has what came, and what the definition of the ONNX operator has.
//
//   node test/second-path/tfjs.mjs [cpu|wasm]
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const backend = process.argv[2] ?? 'cpu';
const tf = require('@tensorflow/tfjs-core');
const module = `@tensorflow/tfjs-backend-${backend}`;
const kernels = require(module);
if (backend === 'wasm') kernels.setWasmPaths(join(dirname(require.resolve(module)), '/'));
await tf.setBackend(backend);

const float = (values, shape = [values.length]) => tf.tensor(values, shape, 'float32');
const whole = (values, shape = [values.length]) => tf.tensor(values, shape, 'int32');
const ones = (...shape) => tf.ones(shape);
const shown = (one) => (Object.is(one, -0) ? '-0' : `${one}`);

const say = (what, expected, compute) => {
  let found;
  try {
    const one = compute();
    const data = one.dataSync();
    found = `[${one.shape}] of ${data?.length} elements: ${[...(data ?? [])].slice(0, 8).map(shown).join(', ')}`;
  } catch (error) {
    found = `refused: ${error.message.split('\n')[0]}`;
  }
  console.log(`${what}: ${found}\n    where ONNX has ${expected}`);
};

say('an int64 tensor', 'tensors of int64', () => tf.tensor([1], [1], 'int64'));
say('round of -0.5', '-0', () => tf.round(float([-0.5, 1])));
say('mul of two largest int32', '1, which wraps', () =>
  tf.mul(whole([2 ** 31 - 1]), whole([2 ** 31 - 1])),
);
say('pow of 1 to NaN', '1', () => tf.pow(float([1]), float([Number.NaN])));
say('abs of the int32 2147483647', '2147483647', () => tf.abs(whole([2 ** 31 - 1, -5])));
say('clipByValue between 5 and 2', '2, 2, 2: min(max(x, 5), 2)', () =>
  tf.clipByValue(float([1, 3, 9]), 5, 2),
);
say('avgPool3d with pads behind alone', 'pads before and behind of each dimension', () =>
  tf.avgPool3d(
    ones(1, 3, 4, 5, 2),
    [2, 3, 2],
    [1, 1, 2],
    [
      [0, 0],
      [0, 1],
      [1, 0],
      [0, 1],
      [0, 0],
    ],
  ),
);
say('where of [0,1], [3] and [1,3]', '[0,3]', () =>
  tf.where(tf.tensor([], [0, 1], 'bool'), ones(3), ones(1, 3)),
);
say('max of nothing, of float32', '-Infinity', () => tf.max(ones(2, 0, 3), [1]));
say('max of nothing, of int32', '-2147483648', () => tf.max(whole([], [2, 0, 3]), [1]));
say('min of nothing, of float32', 'Infinity', () => tf.min(ones(2, 0, 3), [1]));
say('min of nothing, of int32', '2147483647', () => tf.min(whole([], [2, 0, 3]), [1]));
say('logSumExp of nothing', '-Infinity', () => tf.logSumExp(ones(2, 0, 3), [1]));
say('matMul of [2,1,3,4] by [1,3,4,2]', '[2,3,3,2], 36 elements', () =>
  tf.matMul(ones(2, 1, 3, 4), ones(1, 3, 4, 2)),
);
say('matMul of [0,2,3] by [3,2]', '[0,2,2]', () => tf.matMul(ones(0, 2, 3), ones(3, 2)));
say('einsum of ii->i', 'the diagonal', () => tf.einsum('ii->i', ones(3, 3)));
say('einsum of three', 'any number of operands', () =>
  tf.einsum('ij,jk,kl->il', ones(2, 3), ones(3, 4), ones(4, 2)),
);
say('einsum of ...ij->...ji', 'an ellipsis', () => tf.einsum('...ij->...ji', ones(2, 3, 4)));
say('conv2d with strides and dilations', 'both together', () =>
  tf.conv2d(ones(1, 6, 5, 1), ones(3, 2, 1, 1), [2, 1], 'valid', 'NHWC', [1, 2]),
);

// What the backend in WebAssembly has of its own.
say('sin of -0', '-0', () => tf.sin(float([-0, 1])));
say('div of the int32 2147483647 by 3', '715827882', () =>
  tf.div(whole([2 ** 31 - 1]), whole([3])),
);
say('prelu of [1,2,2] by [2,1], -1 and -2 for the rows', '-1, -1, -2, -2', () =>
  tf.prelu(float([-1, -1, -1, -1], [1, 2, 2]), float([1, 2], [2, 1])),
);
say('neg of the int32 2147483647', '-2147483647', () => tf.neg(whole([2 ** 31 - 1, -5])));
say('sign of 2 ** -100', '1', () => tf.sign(float([2 ** -100, 1])));
say('prelu of nothing by nothing', '[0,2,2]', () => tf.prelu(ones(0, 2, 2), ones(0, 2, 2)));
say('clipByValue of int32', '2, 3, 5', () => tf.clipByValue(whole([1, 3, 9]), 2, 5));
say('where of bool', '0, 1, 0, 1', () =>
  tf.where(
    tf.tensor([1, 0, 1, 0], [4], 'bool'),
    tf.tensor([0, 0, 0, 0], [4], 'bool'),
    tf.tensor([1, 1, 1, 1], [4], 'bool'),
  ),
);
say('cast of 0.25, NaN and 28.3 to bool', '1, 1, 1', () =>
  tf.cast(float([0.25, Number.NaN, 28.3]), 'bool'),
);
say('cast of the int32 -39 and 200 to bool', '1, 1', () => tf.cast(whole([-39, 200]), 'bool'));
say('gather of [0,2] along axis 1', '[0,1]', () => tf.gather(ones(0, 2), whole([0]), 1));
say('transpose of nothing', '[2,0,3]', () => tf.transpose(ones(0, 2, 3), [1, 0, 2]));
say('transpose of nothing, of four dimensions', '[0,5,5,2]', () =>
  tf.transpose(ones(0, 2, 5, 5), [0, 2, 3, 1]),
);
say('transpose of nothing, of six dimensions', '[0,1,2,2,2,2]', () =>
  tf.transpose(ones(0, 2, 2, 1, 2, 2), [0, 3, 4, 1, 5, 2]),
);
for (const [name, expected] of [
  ['sum', 0],
  ['prod', 1],
  ['euclideanNorm', 0],
]) {
  say(`${name} of nothing, of int32`, `${expected}`, () => tf[name](whole([], [2, 0, 3]), [1]));
}
for (const kind of ['maxPool', 'avgPool']) {
  say(
    `${kind} of [3,3] by windows of 2, rounded up`,
    kind === 'maxPool' ? '4, 5, 7, 8' : '2, 3.5, 6.5, 8',
    () =>
      tf[kind](
        float([0, 1, 2, 3, 4, 5, 6, 7, 8], [1, 3, 3, 1]),
        [2, 2],
        [2, 2],
        [
          [0, 0],
          [0, 0],
          [0, 0],
          [0, 0],
        ],
        'ceil',
      ),
  );
}
say('matMul of int32', 'a matrix of int32', () =>
  tf.matMul(whole([1], [1, 1]), whole([2], [1, 1])),
);
