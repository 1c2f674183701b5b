// framework.model.gradient of the reference.
import { isFloat } from '../../../core/onnx/element.ts';
import { openInputs } from '../../../core/onnx/signature.ts';
import { toMessage } from '../../../core/onnx/tensor.ts';
import type { Handlers } from '../../kit/serve.ts';
import { computed, type Models } from '../models.ts';
import { refused } from '../refused.ts';
import { tensorIn } from '../tensors.ts';
import { gradientsOf } from './reverse.ts';

export const gradients = (models: Models): Handlers => ({
  'framework.model.gradient': ({ model: handle, inputs, weights, variables }) => {
    const model = models.get(handle);
    const names = weights.map(({ name }) => name);
    const given = models.given(model, inputs, names);
    const open = openInputs(model);
    const isOnce = new Set(names).size === names.length;
    if (!isOnce || !variables.every((name) => open.some((one) => one.name === name))) {
      throw refused('INPUTS');
    }
    const counts = weights.map(({ name, value }) => [name, tensorIn(value)] as const);
    const known = { ...model.initializers, ...given };
    const found = computed(() =>
      gradientsOf(model.nodes, known, Object.fromEntries(counts), variables),
    );
    return {
      gradients: variables.map((name) => {
        const { type = 'float32', shape = [] } = given[name] ?? {};
        if (!isFloat(type)) throw refused('SHAPE');
        return { name, value: toMessage({ type, shape, values: found[name] ?? [] }) };
      }),
    };
  },
});
