// What every training checks of a checkpoint before it takes any of it.
import type { ElementType, ModelOutput, Tensor } from '../../schemas/generated/types.ts';
import { Refusal } from './refusal.ts';

/** A parameter of a training, as it was begun. */
interface Parameter {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/**
 * The tensors of a part of a checkpoint, in the order of the parameters. Refuses with INPUTS where a parameter has none
 * or there are others, and with SHAPE where one has another type or shape: names before shapes.
 */
export const matched = (
  parameters: readonly Parameter[],
  given: readonly ModelOutput[],
): readonly Tensor[] => {
  const values = new Map(given.map(({ name, value }) => [name, value]));
  const found = parameters.flatMap(({ name }) => values.get(name) ?? []);
  const isAll = found.length === parameters.length && given.length === parameters.length;
  if (!isAll) throw new Refusal('INPUTS', 'adapter');
  const isAlike = parameters.every(({ type, shape }, index) => {
    const one = found[index];
    return one?.type === type && String(one.shape) === String(shape);
  });
  if (!isAlike) throw new Refusal('SHAPE', 'adapter');
  return found;
};
