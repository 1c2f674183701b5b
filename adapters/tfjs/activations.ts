// Activations: by the engine's own where that has the node's parameters, and made of its plainer operations where not.
import type { Attributes } from '../../core/onnx/model.ts';
import { floatOf } from '../../core/operators/definition.ts';
import { SELU_ALPHA, SELU_GAMMA } from '../../core/operators/elementwise.ts';
import type { Engine, EngineTensor } from './engine.ts';
import { direct, input, type Mapping, type Mappings, scalar } from './mapping.ts';

/** Made of one tensor and the attributes. */
const made = (
  of: (engine: Engine, x: EngineTensor, attributes: Attributes) => EngineTensor,
): Mapping => ({
  call: (engine, given) => [of(engine, input(given, 0), given.attributes)],
});

const times = (engine: Engine, x: EngineTensor, factor: number): EngineTensor =>
  engine.call('mul', x, scalar(engine, factor));

/** What is positive as it is, and of the rest `alpha` times an exponential less one, of it over `width`. */
const exponential = (
  engine: Engine,
  x: EngineTensor,
  alpha: number,
  width: number,
): EngineTensor => {
  const rest = engine.call('minimum', x, scalar(engine, 0));
  const curve = engine.call('expm1', engine.call('div', rest, scalar(engine, width)));
  return engine.call('add', engine.call('relu', x), times(engine, curve, alpha));
};

const elu = (engine: Engine, x: EngineTensor, attributes: Attributes): EngineTensor => {
  const alpha = floatOf(attributes, 'alpha', 1);
  return alpha === 1 ? engine.call('elu', x) : exponential(engine, x, alpha, 1);
};

const celu = (engine: Engine, x: EngineTensor, attributes: Attributes): EngineTensor => {
  const alpha = floatOf(attributes, 'alpha', 1);
  return alpha === 1 ? engine.call('elu', x) : exponential(engine, x, alpha, alpha);
};

const selu = (engine: Engine, x: EngineTensor, attributes: Attributes): EngineTensor => {
  const alpha = floatOf(attributes, 'alpha', SELU_ALPHA);
  const gamma = floatOf(attributes, 'gamma', SELU_GAMMA);
  const isOwn = alpha === Math.fround(SELU_ALPHA) && gamma === Math.fround(SELU_GAMMA);
  return isOwn ? engine.call('selu', x) : times(engine, exponential(engine, x, alpha, 1), gamma);
};

/** A line between 0 and 1, and no further. */
const line = (engine: Engine, x: EngineTensor, slope: number, shift: number): EngineTensor =>
  engine.call(
    'clipByValue',
    engine.call('add', times(engine, x, slope), scalar(engine, shift)),
    0,
    1,
  );

export const activations: Mappings = {
  Celu: made(celu),
  Elu: made(elu),
  HardSigmoid: made((engine, x, attributes) =>
    line(engine, x, floatOf(attributes, 'alpha', 0.2), floatOf(attributes, 'beta', 0.5)),
  ),
  HardSwish: made((engine, x) => engine.call('mul', x, line(engine, x, 1 / 6, 0.5))),
  LeakyRelu: direct('leakyRelu', (attributes) => [floatOf(attributes, 'alpha', 0.01)]),
  PRelu: direct('prelu'),
  Relu: direct('relu'),
  Selu: made(selu),
  Sigmoid: direct('sigmoid'),
  Softplus: direct('softplus'),
  Softsign: made((engine, x) =>
    engine.call('div', x, engine.call('add', engine.call('abs', x), scalar(engine, 1))),
  ),
  Tanh: direct('tanh'),
  ThresholdedRelu: made((engine, x, attributes) => {
    const least = scalar(engine, floatOf(attributes, 'alpha', 1));
    return engine.call('where', engine.call('greater', x, least), x, engine.call('zerosLike', x));
  }),
};
