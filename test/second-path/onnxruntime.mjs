// What ONNX Runtime computes with nothing of Causeway between but the writer of models: one node each, run through the
// package's own interface. Proves the verdicts of Mod, ReduceSum, MaxPool, NonZero and TopK in
// test/expected/onnxruntime.yaml, of level 2 those of Tanh and Acos, and of ONNX's node tests of Bernoulli. The last,
// TopK, ends the process by a division by zero.
//
//   node test/second-path/onnxruntime.mjs [onnxruntime-node|onnxruntime-web]
import { modelBytes } from '../../dist/core/onnx/model-bytes.js';

const { InferenceSession, Tensor } = await import(process.argv[2] ?? 'onnxruntime-node');

const TYPES = { float32: Float32Array, int64: BigInt64Array };

/** What one node makes of tensors, each of them a type, a shape and its elements. */
const computes = async (operator, output, inputs, attributes = {}) => {
  const named = inputs.map((one, index) => [`x${index}`, ...one]);
  const bytes = modelBytes({
    formatVersion: 8,
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
  return `[${y0.dims}] ${[...y0.data].join(', ')}`;
};

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
