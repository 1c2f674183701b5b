// Operators that draw numbers, of float32 alone.
import type { Attributes } from '../../core/onnx/model.ts';
import { floatOf, intOf, intsOf } from '../../core/operators/definition.ts';
import type { Mapping, Mappings } from './mapping.ts';

const FLOAT = 1;

const drawn = (
  operation: string,
  [one, other]: readonly [string, string],
  [first, second]: readonly [number, number],
): Mapping => ({
  admits: (attributes) => intOf(attributes, 'dtype', FLOAT) === FLOAT,
  call: (engine, { attributes }) => [
    engine.call(
      operation,
      intsOf(attributes, 'shape'),
      floatOf(attributes, one, first),
      floatOf(attributes, other, second),
      'float32',
      ...seedOf(attributes),
    ),
  ],
});

const seedOf = (attributes: Attributes): readonly number[] =>
  'seed' in attributes ? [floatOf(attributes, 'seed', 0)] : [];

export const chance: Mappings = {
  RandomNormal: drawn('randomNormal', ['mean', 'scale'], [0, 1]),
  RandomUniform: drawn('randomUniform', ['low', 'high'], [0, 1]),
};
