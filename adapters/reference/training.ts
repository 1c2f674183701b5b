// The trainings of the reference: parameters with their velocities, and steps by the gradients of a loss.
import { isFloat, rounded } from '../../core/onnx/element.ts';
import type { Model } from '../../core/onnx/model.ts';
import { type Tensor, toMessage } from '../../core/onnx/tensor.ts';
import { evaluate } from '../../core/operators/graph.ts';
import type { ModelOutput, Optimizer } from '../../schemas/generated/types.ts';
import { matched } from '../kit/checkpoint.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { gradientsOf } from './gradients/reverse.ts';
import { computed, type Models } from './models.ts';
import { refused } from './refused.ts';
import { tensorIn } from './tensors.ts';

interface Parameter {
  readonly name: string;
  value: Tensor;
  velocity: Tensor;
}

interface Training {
  readonly model: Model;
  readonly loss: string;
  readonly optimizer: Optimizer;
  readonly parameters: readonly Parameter[];
}

/** Each element made anew, as the type can hold it. */
const made = (one: Tensor, make: (value: number, index: number) => number): Tensor => ({
  ...one,
  values: one.values.map((value, index) => rounded(one.type, make(Number(value), index))),
});

/** The loss of one step, which the parameters have then taken. */
const stepped = (training: Training, given: Readonly<Record<string, Tensor>>): Tensor => {
  const { model, loss, optimizer, parameters } = training;
  const own = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  const initializers = { ...model.initializers, ...own };
  const found = evaluate({ ...model, initializers }, given)[loss];
  if (found?.values.length !== 1) throw refused('SHAPE');
  const names = parameters.map(({ name }) => name);
  const known = { ...initializers, ...given };
  const weights = { [loss]: { ...found, values: [1] } };
  const gradients = gradientsOf(model.nodes, known, weights, names);
  for (const one of parameters) {
    const gradient = gradients[one.name] ?? [];
    one.velocity = made(one.velocity, (v, at) => optimizer.momentum * v + (gradient[at] ?? 0));
    const { values } = one.velocity;
    one.value = made(one.value, (x, at) => x - optimizer.rate * Number(values[at] ?? 0));
  }
  return found;
};

/** For each parameter what a part of a checkpoint has for it. */
const restored = (parameters: readonly Parameter[], given: readonly ModelOutput[]): Tensor[] =>
  matched(
    parameters.map(({ name, value: { type, shape } }) => ({ name, type, shape })),
    given,
  ).map(tensorIn);

export const trainings = (models: Models): Handlers => {
  const begun = new HandleTable<Training>('training');
  return {
    'framework.training.begin': ({ model: handle, loss, parameters: names, optimizer }) => {
      const model = models.get(handle);
      const output = model.outputs.find(({ name }) => name === loss);
      const parameters = names.flatMap((name) => {
        const value = model.initializers[name];
        return value ? [{ name, value, velocity: made(value, () => 0) }] : [];
      });
      if (!output || new Set(parameters.map(({ name }) => name)).size !== names.length) {
        throw refused('INPUTS');
      }
      const types = [output.type, ...parameters.map(({ value }) => value.type)];
      if (!types.every(isFloat)) throw refused('SHAPE');
      return { training: begun.add({ model, loss, optimizer, parameters }) };
    },
    'framework.training.step': ({ training: handle, inputs }) => {
      const training = begun.get(handle);
      const given = models.given(training.model, inputs, [training.loss]);
      return { loss: toMessage(computed(() => stepped(training, given))) };
    },
    'framework.training.checkpoint': ({ training }) => {
      const { parameters } = begun.get(training);
      return {
        parameters: parameters.map(({ name, value }) => ({ name, value: toMessage(value) })),
        velocities: parameters.map(({ name, velocity }) => ({ name, value: toMessage(velocity) })),
      };
    },
    'framework.training.restore': ({ training, parameters, velocities }) => {
      const own = begun.get(training).parameters;
      const [values, speeds] = [restored(own, parameters), restored(own, velocities)];
      for (const [index, one] of own.entries()) {
        one.value = values[index] ?? one.value;
        one.velocity = speeds[index] ?? one.velocity;
      }
      return {};
    },
    'framework.training.end': ({ training }) => {
      begun.remove(training);
      return {};
    },
  };
};
