// What jax-js itself computes where test/expected/jax*.yaml says that it departs from ONNX: models of one node, read and
// run by its own packages, with nothing of Causeway between but the writer of models. Each line has what came, and what
// the definition of the operator has.
//
//   node test/second-path/jax.mjs [cpu|wasm]
import { modelBytes } from '../../dist/core/onnx/model-bytes.js';

// What node 20 has not, and browsers have.
globalThis.navigator ??= { userAgent: 'node' };
globalThis.Float16Array ??= class {};
const backend = process.argv[2] ?? 'cpu';
const arrays = await import('@jax-js/jax');
const { ONNXModel } = await import('@jax-js/onnx');
await arrays.init(backend);
arrays.defaultDevice(backend);

const TYPES = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint32: Uint32Array,
};
const { NaN: none, POSITIVE_INFINITY: infinity } = Number;
const shown = (one) => (Object.is(one, -0) ? '-0' : `${one}`);

/** The bytes of a model of one node; `more` replaces members of the model. */
const model = ({ operator, inputs, attributes, constants = {}, outputs = 1, domain, ...more }) => {
  const names = inputs.map((_, index) => `x${index}`);
  const results = Array.from({ length: outputs }, (_, index) => `y${index}`);
  const given = [...names, ...Object.keys(constants)];
  return modelBytes({
    formatVersion: 8,
    operatorSets: { '': 17 },
    nodes: [{ operator, domain, inputs: given, outputs: results, attributes }],
    initializers: Object.fromEntries(Object.entries(constants).filter(([name]) => name !== '')),
    inputs: inputs.map(([type, shape], index) => ({ name: names[index], type, shape })),
    outputs: results.map((name) => ({ name, type: 'float32', shape: [] })),
    ...more,
  });
};

const run = (bytes, inputs) => {
  const feeds = inputs.map(([type, shape, values], index) => [
    `x${index}`,
    arrays.numpy.array(TYPES[type].from(values), { shape, dtype: type }),
  ]);
  const results = Object.values(new ONNXModel(bytes).run(Object.fromEntries(feeds)));
  return results
    .map((one) => {
      const { dtype, shape } = one;
      return `${dtype} [${shape}] ${[...one.dataSync()].slice(0, 8).map(shown).join(', ')}`;
    })
    .join('; ');
};

const say = (what, expected, compute) => {
  let found;
  try {
    found = compute();
  } catch (error) {
    found = `refused: ${error.message.split('\n')[0].slice(0, 120)}`;
  }
  console.log(`${what}: ${found}\n    where ONNX has ${expected}`);
};

const node = (what, expected, one) => say(what, expected, () => run(model(one), one.inputs));
const floats = (values, shape = [values.length]) => ['float32', shape, values];
const wholes = (values, shape = [values.length]) => ['int32', shape, values];
const axes = (...values) => ({ type: 'int64', shape: [values.length], values: values.map(BigInt) });
const counted = (...shape) =>
  floats(
    Array.from({ length: shape.reduce((all, one) => all * one, 1) }, (_, index) => index),
    shape,
  );

// Types.
say('an array of int64', 'tensors of int64', () =>
  String(arrays.numpy.array(new BigInt64Array(2), { shape: [2], dtype: 'int64' }).dtype),
);
for (const dtype of ['float32', 'float64', 'int32'])
  say(`an array of no ${dtype}`, 'tensors with a dimension of 0', () =>
    String(arrays.numpy.array(new TYPES[dtype](0), { shape: [0, 3], dtype }).shape),
  );
for (const length of [0, 5, 7])
  say(`an array of [2,3] of ${length} floats`, 'as many elements as the shape says', () => {
    const values = Float32Array.from({ length }, (_, index) => index);
    const made = arrays.numpy.array(values, { shape: [2, 3], dtype: 'float32' });
    return `[${made.shape}] ${[...made.dataSync()]}`;
  });
node('Shape', 'int64', { operator: 'Shape', inputs: [counted(2, 3)] });
node('ArgMax', 'int64', { operator: 'ArgMax', inputs: [counted(2, 3)] });
node('TopK', 'indices of int64', {
  operator: 'TopK',
  inputs: [counted(4)],
  constants: { k: axes(2) },
  outputs: 2,
});
node('Cast to int64', 'int64', {
  operator: 'Cast',
  inputs: [wholes([1])],
  attributes: { to: { int: 7 } },
});
node('EyeLike with dtype int64', 'int64', {
  operator: 'EyeLike',
  inputs: [counted(2, 2)],
  attributes: { dtype: { int: 7 } },
});
node('Sign of float64', 'float64', { operator: 'Sign', inputs: [['float64', [1], [2]]] });
node('Sign of int32', 'the type T of integers too', { operator: 'Sign', inputs: [wholes([-2])] });

// Special values: IEEE 754.
const zeros = (operator, values = [0, -0], expected = '0 with its sign') =>
  node(`${operator} of ${values.map(shown)}`, expected, { operator, inputs: [floats(values)] });
zeros('Abs', [0, -0, 1], '0, 0, 1');
zeros('Neg', [0, -0, 1], '-0, 0, -1');
zeros('Round', [-0.5, 1], '-0, 1');
for (const operator of ['Sinh', 'Tanh', 'Asinh', 'Atanh'])
  zeros(operator, [0, -0, 0.5], '0, -0, ...');
zeros('Erf', [0, 1], '0, 0.8427...');
node('Sub of -0 and 0', '-0', { operator: 'Sub', inputs: [floats([-0, 1]), floats([0, 2])] });
node('Pow of 0 to 0, NaN to 0, 1 to NaN', '1, 1, 1', {
  operator: 'Pow',
  inputs: [floats([0, none, 1]), floats([0, 0, none])],
});
node('Concat of -0 and 1', '-0, 1', {
  operator: 'Concat',
  inputs: [floats([-0, 2]), floats([1, 3])],
  attributes: { axis: { int: 0 } },
});
node('Cast of NaN to bool', '1: it is not 0', {
  operator: 'Cast',
  inputs: [floats([none, infinity, 0])],
  attributes: { to: { int: 9 } },
});

// Integers.
node('Mul of two largest int32', '1, which wraps', {
  operator: 'Mul',
  inputs: [wholes([2 ** 31 - 1, 2]), wholes([2 ** 31 - 1, 3])],
});
node('Div of the scalar -4 by 1, 2, 3', '-4, -2, -1', {
  operator: 'Div',
  inputs: [wholes([-4], []), wholes([1, 2, 3])],
});

// Attributes.
const alpha = { alpha: { float: 2 } };
node('Elu of -1 with alpha 2', '-1.264...', {
  operator: 'Elu',
  inputs: [floats([-1, 1])],
  attributes: alpha,
});
node('Celu of -1 with alpha 2', '-0.786...', {
  operator: 'Celu',
  inputs: [floats([-1, 1])],
  attributes: alpha,
});
node('Flatten of [2,3,4] with axis 0', '[1,24]', {
  operator: 'Flatten',
  inputs: [counted(2, 3, 4)],
  attributes: { axis: { int: 0 } },
});
node('Flatten of [2,0,3] with axis 2', '[0,3]', {
  operator: 'Flatten',
  inputs: [wholes([], [2, 0, 3])],
  attributes: { axis: { int: 2 } },
});
node('Tile of [2,3] by 0 and 2', '[0,6]', {
  operator: 'Tile',
  inputs: [wholes([1, 2, 3, 4, 5, 6], [2, 3])],
  constants: { repeats: axes(0, 2) },
});
node('MaxPool of [1,1,5,4] with auto_pad VALID', '[1,1,3,3]', {
  operator: 'MaxPool',
  inputs: [counted(1, 1, 5, 4)],
  attributes: { auto_pad: { text: 'VALID' }, kernel_shape: { ints: [3, 2] } },
});
node('MatMul of [3,4] by [2,4,5]', '[2,3,5]', {
  operator: 'MatMul',
  inputs: [counted(3, 4), counted(2, 4, 5)],
});
node('Split of [4] in two, by the number of outputs', 'two of [2]', {
  operator: 'Split',
  inputs: [counted(4)],
  outputs: 2,
});
node('Slice backwards', '3, 2, 1', {
  operator: 'Slice',
  inputs: [counted(5)],
  constants: { starts: axes(3), ends: axes(0), axes: axes(0), steps: axes(-1) },
});
node('Pad with reflect', '1, 0, 1, 2, 3', {
  operator: 'Pad',
  inputs: [counted(4)],
  constants: { pads: axes(1, 0) },
  attributes: { mode: { text: 'reflect' } },
});
node('CumSum with exclusive', '0, 0, 1', {
  operator: 'CumSum',
  inputs: [counted(3)],
  constants: { axis: axes(0) },
  attributes: { exclusive: { int: 1 } },
});
node('LayerNormalization with three outputs', 'mean and deviation too', {
  operator: 'LayerNormalization',
  inputs: [counted(2, 4), floats([1, 2, 3, 4]), floats([0, 0, 0, 0])],
  outputs: 3,
});
const twice = { '': undefined, scales: { type: 'float32', shape: [4], values: [1, 1, 1, 2] } };
node('Resize as it is by default', '0, 0, 1, 1', {
  operator: 'Resize',
  inputs: [counted(1, 1, 1, 2)],
  constants: twice,
});
node('Resize by align_corners', '0, 0.333, 0.667, 1', {
  operator: 'Resize',
  inputs: [counted(1, 1, 1, 2)],
  constants: twice,
  attributes: {
    mode: { text: 'linear' },
    coordinate_transformation_mode: { text: 'align_corners' },
  },
});

node('Round of what is nearly a half', '0', {
  operator: 'Round',
  inputs: [floats([0.499999970197678, 2])],
});
node('Clip of 1, 3, 9 between 5 and 2', '2, 2, 2: min(max(x, 5), 2)', {
  operator: 'Clip',
  inputs: [floats([1, 3, 9]), floats([5], []), floats([2], [])],
});
node('Softplus of 89 and 100', '89, 100', { operator: 'Softplus', inputs: [floats([89, 100])] });

// Models that are none.
const loads = (what, expected, one) =>
  say(what, expected, () => {
    new ONNXModel(model(one));
    return 'loaded';
  });
const add = (inputs, output) => ({ operator: 'Add', inputs, outputs: [output], attributes: {} });
const one = { operator: 'Abs', inputs: [floats([1, 2])] };
loads('a cycle', 'nodes in topological order', {
  ...one,
  nodes: [add(['x0', 'b'], 'y0'), add(['x0', 'y0'], 'b')],
});
loads('a value from nowhere', 'values that something gives', {
  ...one,
  nodes: [add(['x0', 'b'], 'y0')],
});
loads('no operator set', 'onnx.proto: at least one MUST be there', { ...one, operatorSets: {} });
loads('operator set 9999', 'no such revision', { ...one, operatorSets: { '': 9999 } });
loads('format 9999', 'no such revision', { ...one, formatVersion: 9999 });
loads('operator set 0', 'no such revision', { ...one, operatorSets: { '': 0 } });
loads('format 0', 'no such revision', { ...one, formatVersion: 0 });
node('Abs of another domain', 'operators by domain and name', { ...one, domain: 'ai.example' });
say('an output that is called __proto__', 'an output', () => {
  const outputs = [{ name: '__proto__', type: 'float32', shape: [2] }];
  const nodes = [{ operator: 'Neg', inputs: ['x0'], outputs: ['__proto__'], attributes: {} }];
  const bytes = model({ operator: 'Neg', inputs: [counted(2)], nodes, outputs });
  const x0 = arrays.numpy.array(Float32Array.of(1, 2), { shape: [2], dtype: 'float32' });
  const results = new ONNXModel(bytes).run({ x0 });
  const isMade = Object.getPrototypeOf(results) !== Object.prototype;
  return `${Object.keys(results).length} outputs${isMade ? ', and a result with another prototype' : ''}`;
});
say('an input of [3,2] where the model declares [2,3]', 'what it declares', () =>
  run(model({ ...one, inputs: [counted(2, 3)] }), [counted(3, 2)]),
);
node('Pow of int32', 'integers too', {
  operator: 'Pow',
  inputs: [wholes([2, 3]), wholes([3, 2])],
});
node('Erf of float64, of -3.5', '-0.9999992569016276', {
  operator: 'Erf',
  inputs: [['float64', [2], [-3.5, 0]]],
});

// What the backend in WebAssembly has of its own.
node('Gather of -1', '4', { operator: 'Gather', inputs: [counted(5), wholes([0, -1])] });
node('GatherElements of -1', '4', {
  operator: 'GatherElements',
  inputs: [counted(5), wholes([0, -1])],
});
node('Mod of 1 by 2147483647, 7 by -2', '1, -1', {
  operator: 'Mod',
  inputs: [wholes([1, 7]), wholes([2 ** 31 - 1, -2])],
});
say('Mod of the uint32 1 by 4294967295', '1', () => {
  const inputs = [
    ['uint32', [2], [1, 7]],
    ['uint32', [2], [2 ** 32 - 1, 2]],
  ];
  return run(model({ operator: 'Mod', inputs }), inputs);
});
for (const operator of ['Sin', 'Tan']) zeros(operator, [-0, 1], '-0, ...');
zeros('Log', [0.9958999752998352, 1], '-0.00410845..., 0');
zeros('Acosh', [1.2170000076293945, 1], '0.64742037..., 0');
zeros('Asinh', [-0.12856000661849976, 1], '-0.12820848..., ...');
zeros('Atanh', [-0.04448520019650459, 0.5], '-0.04451457..., ...');
zeros('Softplus', [-0.06986399739980698, 1], '0.65882518..., ...');
node('Pow of 3.84 by 2.84', '46.055640 of these binary32', {
  operator: 'Pow',
  inputs: [floats([3.8432388305664062, 1]), floats([2.8446900844573975, 1])],
});
for (const [operator, expected] of [
  ['Exp', '1.6487212707001282'],
  ['Log', '-0.6931471805599453'],
  ['Cos', '0.8775825618903728'],
  ['Acos', '1.0471975511965979'],
  ['Sigmoid', '0.6224593312018546'],
]) {
  node(`${operator} of the float64 0.5`, expected, {
    operator,
    inputs: [['float64', [2], [0.5, 0.25]]],
  });
}
node('LpNormalization', '0.69691255, 0.44801521, 0.19911787, -0.49779468, 0.16170283', {
  operator: 'LpNormalization',
  inputs: [floats([3.5, 2.25, 1, -2.5, 0.8120959997177124], [1, 5])],
});
