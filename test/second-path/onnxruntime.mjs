// What ONNX Runtime computes with nothing of Causeway between but the writer of models: one node each, run through the
// package's own interface. Proves the verdicts of Mod, ReduceSum, ReduceProd, MatMulInteger, Where, MaxPool, NonZero, TopK,
// GRU and LSTM in test/expected/onnxruntime.yaml, and of a model of format 0; of level 2 those of Tanh and Acos, and of
// ONNX's node tests of Bernoulli. The last, TopK, ends the process by a division by zero; GRU and LSTM, which end it too,
// are asked alone.
//
//   node test/second-path/onnxruntime.mjs [onnxruntime-node|onnxruntime-web] [GRU|LSTM]
import { modelBytes } from '../../dist/core/onnx/model-bytes.js';

const { InferenceSession, Tensor } = await import(process.argv[2] ?? 'onnxruntime-node');

const TYPES = {
  float32: Float32Array,
  int64: BigInt64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
};

/** What one node makes of tensors, each of them a type, a shape and its elements. */
const computes = async (operator, output, inputs, attributes = {}, formatVersion = 8) => {
  const named = inputs.map((one, index) => [`x${index}`, ...one]);
  const bytes = modelBytes({
    formatVersion,
    operatorSets: { '': 17 },
    nodes: [
      {
        operator,
        inputs: named.map(([name]) => name),
        outputs: output.map((_, i) => `y${i}`),
        attributes,
      },
    ],
    initializers: {},
    inputs: named.map(([name, type, shape]) => ({ name, type, shape })),
    outputs: output.map(([type, rank], i) => ({
      name: `y${i}`,
      type,
      shape: Array.from({ length: rank }, (_, axis) => `n${i}${axis}`),
    })),
  });
  const session = await InferenceSession.create(bytes, { logSeverityLevel: 3 });
  const feeds = Object.fromEntries(
    named.map(([name, type, shape, values]) => [
      name,
      new Tensor(type, TYPES[type].from(values), shape),
    ]),
  );
  const { y0 } = await session.run(feeds);
  return `[${y0.dims}] ${[...y0.data].map((one) => (Object.is(one, -0) ? '-0' : one)).join(', ')}`;
};

const recurrent = process.argv[3];
if (recurrent) {
  const gates = { GRU: 3, LSTM: 4 }[recurrent];
  console.log(`${recurrent} of a batch of none, where the definition has [3,1,0,4]:`);
  const ones = (...shape) => ['float32', shape, new Array(shape.reduce((x, y) => x * y)).fill(1)];
  const inputs = [ones(3, 0, 3), ones(1, 4 * gates, 3), ones(1, 4 * gates, 4)];
  const attributes = { hidden_size: { int: 4 } };
  console.log(await computes(recurrent, [['float32', 4]], inputs, attributes));
  process.exit();
}

const most = 2n ** 63n - 1n;
console.log(
  `Mod with fmod of ${most} and 3: ${await computes(
    'Mod',
    [['int64', 1]],
    [
      ['int64', [1], [most]],
      ['int64', [1], [3n]],
    ],
    { fmod: { int: 1 } },
  )}, where ${most % 3n} is right`,
);
console.log(
  `Bernoulli of probabilities of 0, 0 and 1, 1: ${await computes(
    'Bernoulli',
    [['float32', 1]],
    [['float32', [4], [0, 0, 1, 1]]],
  )}, where 0, 0, 1, 1 is right`,
);
const odd = 2n ** 53n + 1n;
console.log(
  `ReduceSum of ${odd} alone: ${await computes('ReduceSum', [['int64', 1]], [['int64', [1], [odd]]])}`,
);
console.log(
  `MaxPool of two infinities below zero: ${await computes('MaxPool', [['float32', 3]], [['float32', [1, 1, 2], [-Infinity, -Infinity]]], { kernel_shape: { ints: [2] } })}`,
);
console.log(
  `NonZero of the scalar 0: ${await computes('NonZero', [['int64', 2]], [['float32', [], [0]]])}, where the definition has [0,0]`,
);
const refusedOr = (found) => found.catch(({ message }) => `refused: ${message.split('\n')[0]}`);
const high = 2 ** 31 - 1;
for (const [type, factors, expected] of [
  ['int32', [high, -3, 5], -2147483633],
  ['int64', [2n ** 53n + 1n, 3n], 3n * (2n ** 53n + 1n)],
]) {
  const axes = { axes: { ints: [0] } };
  const found = await computes(
    'ReduceProd',
    [[type, 1]],
    [[type, [factors.length], factors]],
    axes,
  );
  console.log(`ReduceProd of ${type} ${factors.join(', ')}: ${found}, where ${expected} is right`);
}
console.log(
  `ReduceSum of int32 ${high}, 2, 1: ${await computes('ReduceSum', [['int32', 1]], [['int32', [3], [high, 2, 1]]])}, where -2147483646 is right: what does not fit wraps`,
);
console.log(
  `MatMulInteger with a zero point for each of two rows: ${await refusedOr(
    computes(
      'MatMulInteger',
      [['int32', 2]],
      [
        ['uint8', [2, 1], [5, 5]],
        ['uint8', [1, 1], [2]],
        ['uint8', [2], [1, 2]],
      ],
    ),
  )}, where the definition has 8, 6`,
);
console.log(
  `Where of true, false, -0 and 1: ${await computes(
    'Where',
    [['float32', 1]],
    [
      ['bool', [2], [1, 0]],
      ['float32', [2], [-0, 2]],
      ['float32', [2], [1, -0]],
    ],
  )}, where -0, -0 is right`,
);
console.log(
  `Neg of 1 in a model of format 0, which there is not: ${await refusedOr(
    computes('Neg', [['float32', 1]], [['float32', [1], [1]]], {}, 0),
  )}`,
);
const info = { name: 'x', type: 'float32', shape: [2, '', 4] };
const nameless = await InferenceSession.create(
  modelBytes({
    formatVersion: 8,
    operatorSets: { '': 17 },
    nodes: [{ operator: 'Neg', inputs: ['x'], outputs: ['y'] }],
    initializers: {},
    inputs: [info],
    outputs: [{ ...info, name: 'y' }],
  }),
);
console.log(
  `An input of [2, open and without a name, 4]: ${JSON.stringify(nameless.inputMetadata)}, where no length is known`,
);
const small = Math.fround(1.1783994e-38);
console.log(
  `Tanh of ${small}, which is itself: ${await computes('Tanh', [['float32', 1]], [['float32', [1], [small]]])}`,
);
const x = 0.5710548758506775;
const many = Array.from({ length: 8 }, () => x);
console.log(
  `Acos of ${x} eight times, where Math.acos has ${Math.acos(x)}: ${await computes('Acos', [['float32', 1]], [['float32', [8], many]])}`,
);
console.log('TopK of a batch of none:');
console.log(
  await computes(
    'TopK',
    [
      ['float32', 2],
      ['int64', 2],
    ],
    [
      ['float32', [0, 3], []],
      ['int64', [1], [2n]],
    ],
  ),
);
