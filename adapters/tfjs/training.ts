// Gradients and trainings of the engine behind the standard: it differentiates what is computed within a function, and has
// an optimizer that takes the steps.
import { isFloat } from '../../core/onnx/element.ts';
import type { ElementType, ModelOutput, Tensor } from '../../schemas/generated/types.ts';
import { matched } from '../kit/checkpoint.ts';
import { natively } from '../kit/exceptions.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Engine, EngineOptimizer, EngineTensor, EngineVariable } from './engine.ts';
import type { Graph } from './graph.ts';
import { type Models, told } from './models.ts';

type Given = ReadonlyMap<string, EngineTensor>;

const refused = (reason: 'INPUTS' | 'SHAPE'): Refusal => new Refusal(reason, 'adapter');

/** One output of a run. */
const outputOf = (graph: Graph, given: Given, name: string): EngineTensor => {
  let found: EngineTensor | undefined;
  graph.run(given, [name], (_, value) => {
    found = value;
  });
  if (!found) throw refused('INPUTS');
  return found;
};

/** What is asked for is a scalar here: the sum of the products with the weights, which the engine adds up. */
const weighted = (engine: Engine, graph: Graph, given: Given, weights: Given): EngineTensor =>
  [...weights]
    .map(([name, one]) => engine.call('sum', engine.call('mul', outputOf(graph, given, name), one)))
    .reduce((sum, one) => engine.call('add', sum, one));

export const gradients = (engine: Engine, models: Models): Handlers => ({
  'framework.model.gradient': ({ model, inputs, weights, variables }) => {
    const graph = models.get(model);
    const names = weights.map(({ name }) => name);
    const isKnown = variables.every((name) => graph.inputs.some((one) => one.name === name));
    if (!isKnown || new Set(names).size !== names.length) throw refused('INPUTS');
    const found: ModelOutput[] = [];
    models.with(graph, inputs, names, (given) => {
      const counts = new Map(weights.map(({ name, value }) => [name, models.made(value)]));
      const leaves = variables.flatMap((name) => given.get(name) ?? []);
      const computed = (...changed: readonly EngineTensor[]): EngineTensor => {
        const moved = changed.map((one, index) => [variables[index] ?? '', one] as const);
        return weighted(engine, graph, new Map([...given, ...moved]), counts);
      };
      for (const [index, one] of engine.gradients(computed, leaves).entries()) {
        found.push({ name: variables[index] ?? '', value: told(one) });
      }
    });
    return { gradients: found };
  },
});

interface Training {
  readonly graph: Graph;
  readonly loss: string;
  readonly variables: ReadonlyMap<string, EngineVariable>;
  readonly optimizer: EngineOptimizer;
}

/** The tensors of the optimizer's own, which it has none of before its first step. */
const velocitiesOf = async ({ optimizer, variables }: Training): Promise<ModelOutput[]> => {
  const [, ...held] = await natively(() => optimizer.getWeights());
  return [...variables].map(([name, variable], index) => {
    const zeros = (): Tensor => {
      const { base64, ...form } = told(variable);
      return {
        ...form,
        base64: Buffer.alloc(Buffer.from(base64, 'base64').length).toString('base64'),
      };
    };
    const found = held[index];
    return { name, value: found ? told(found.tensor) : zeros() };
  });
};

/** The tensors of a part of a checkpoint, in the order of the variables. */
const restored = (
  models: Models,
  { variables }: Training,
  given: readonly ModelOutput[],
): readonly EngineTensor[] => {
  const parameters = [...variables].map(([name, { dtype, shape }]) => ({
    name,
    type: dtype as ElementType,
    shape,
  }));
  return matched(parameters, given).map((one) => models.made(one));
};

export class Trainings {
  readonly #engine: Engine;
  readonly #models: Models;
  readonly #begun = new HandleTable<Training>('training');

  constructor(engine: Engine, models: Models) {
    this.#engine = engine;
    this.#models = models;
  }

  readonly handlers: Handlers = {
    'framework.training.begin': ({ model, loss, parameters, optimizer }) => {
      const graph = this.#models.get(model);
      const isKnown = graph.outputs.some(({ name }) => name === loss);
      const weights = parameters.flatMap((name) => graph.weight(name) ?? []);
      if (!isKnown || weights.length !== parameters.length) throw refused('INPUTS');
      if (new Set(parameters).size !== parameters.length) throw refused('INPUTS');
      if (!weights.every(({ type }) => isFloat(type))) throw refused('SHAPE');
      const variables = new Map(
        weights.map((one, index) => {
          const value = graph.made(one);
          return [parameters[index] ?? '', natively(() => this.#engine.variable(value))] as const;
        }),
      );
      const { rate, momentum } = optimizer;
      const made = natively(() => this.#engine.optimizer(rate, momentum));
      return { training: this.#begun.add({ graph, loss, variables, optimizer: made }) };
    },
    'framework.training.step': ({ training, inputs }) => {
      const { graph, loss, variables, optimizer } = this.#begun.get(training);
      let cost: Tensor | undefined;
      this.#models.with(graph, inputs, [loss], (given) => {
        const computed = (): EngineTensor =>
          outputOf(graph, new Map([...given, ...variables]), loss);
        const found = natively(() => optimizer.minimize(computed, true, [...variables.values()]));
        cost = told(found);
      });
      if (!cost) throw refused('INPUTS');
      return { loss: cost };
    },
    'framework.training.checkpoint': async ({ training: handle }) => {
      const training = this.#begun.get(handle);
      const parameters = [...training.variables].map(([name, one]) => ({ name, value: told(one) }));
      return { parameters, velocities: await velocitiesOf(training) };
    },
    'framework.training.restore': async ({ training: handle, parameters, velocities }) => {
      const training = this.#begun.get(handle);
      const values = restored(this.#models, training, parameters);
      const tensors = restored(this.#models, training, velocities);
      const [steps] = await natively(() => training.optimizer.getWeights());
      const names = [...training.variables.keys()];
      const state = tensors.map((tensor, index) => ({ name: names[index] ?? '', tensor }));
      await natively(() => training.optimizer.setWeights(steps ? [steps, ...state] : state));
      for (const [index, variable] of [...training.variables.values()].entries()) {
        const value = values[index];
        if (value) natively(() => variable.assign(value));
      }
      return {};
    },
    'framework.training.end': ({ training }) => {
      const { variables, optimizer } = this.#begun.remove(training);
      optimizer.dispose();
      for (const one of variables.values()) one.dispose();
      return {};
    },
  };

  release(): void {
    for (const { variables, optimizer } of this.#begun.drain()) {
      optimizer.dispose();
      for (const one of variables.values()) one.dispose();
    }
  }
}
