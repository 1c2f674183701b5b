// What Dropout is tried on, where nothing is trained.
import { tensor } from '../../../core/onnx/tensor.ts';
import { between, numbers, type Trials } from './trial.ts';

const range = [-4, 4] as const;

export const dropouts: Readonly<Record<string, Trials>> = {
  Dropout: (random, type) =>
    [1, 2].flatMap((outputs) =>
      [[2, 3], [7], [], [0, 3]].flatMap((shape) => {
        const data = between(random, type, shape, range);
        const ratio = numbers(type, [], [0.75]);
        return [[data], [data, ratio], [data, ratio, tensor('bool', [], [0])]].map((inputs) => ({
          about: 'values' as const,
          inputs,
          constant: [1, 2],
          outputs,
        }));
      }),
    ),
};
