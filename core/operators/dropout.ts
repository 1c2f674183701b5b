// Dropout where nothing is trained: nothing is dropped.
import { type Operator, type Operators, required, ShapeError } from './definition.ts';

const dropout: Operator = (inputs, _, outputs) => {
  if (inputs[2]?.values[0]) throw new ShapeError('what is dropped is drawn by chance');
  const { type, shape, values } = required(inputs, 0);
  return [
    { type, shape, values },
    ...(outputs > 1 ? [{ type: 'bool' as const, shape, values: values.map(() => 1) }] : []),
  ];
};

export const dropouts: Operators = { Dropout: dropout };
