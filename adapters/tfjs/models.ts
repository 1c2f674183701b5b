// Models and tensors of the engine behind the standard.
import { described, type Form } from '../../core/onnx/signature.ts';
import { ShapeError } from '../../core/operators/definition.ts';
import type { ModelInput, Tensor } from '../../schemas/generated/types.ts';
import { natively } from '../kit/exceptions.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Elements, elementsOf, messageOf } from '../kit/tensors.ts';
import { ARRAYS, type Engine, type EngineTensor } from './engine.ts';
import { Graph } from './graph.ts';

export const told = (one: EngineTensor): Tensor =>
  messageOf(
    one.dtype,
    one.shape,
    // The engine may hold numbers of one type in an array of another: after a cast it does.
    natively(() => numbered(one.dtype, one.dataSync())),
  );

const numbered = (type: string, data: Elements): Elements => {
  if (type === 'float32') return Float32Array.from(data, Number);
  return type === 'int32' ? Int32Array.from(data, Number) : data;
};

const formOf = ({ dtype, shape }: EngineTensor): Form => ({ type: dtype, shape });

/** What one session has loaded, and holds. */
export class Models {
  readonly #engine: Engine;
  readonly #graphs = new HandleTable<Graph>('model');
  readonly #tensors = new HandleTable<EngineTensor>('tensor');

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  readonly handlers: Handlers = {
    'framework.model.load': ({ base64 }) => {
      const graph = new Graph(this.#engine, Buffer.from(base64, 'base64'));
      return {
        model: this.#graphs.add(graph),
        inputs: graph.inputs.map(described),
        outputs: graph.outputs.map(described),
      };
    },
    'framework.model.run': ({ model, inputs, outputs }) => {
      const graph = this.get(model);
      const results: { name: string; value: Tensor }[] = [];
      this.with(graph, inputs, outputs, (given) => {
        graph.run(given, outputs, (name, value) => results.push({ name, value: told(value) }));
      });
      return { outputs: results };
    },
    'framework.model.unload': ({ model }) => {
      this.#graphs.remove(model).dispose();
      return {};
    },
    'framework.tensor.create': ({ value }) => ({ tensor: this.#tensors.add(this.made(value)) }),
    'framework.tensor.read': ({ tensor }) => told(this.#tensors.get(tensor)),
    'framework.tensor.free': ({ tensor }) => {
      this.#tensors.remove(tensor).dispose();
      return {};
    },
  };

  /** The model of a handle, or a refusal. */
  get(handle: string): Graph {
    return this.#graphs.get(handle);
  }

  /** Does work with the tensors that a run of a model is given, while they are there, or refuses the run. */
  with(
    graph: Graph,
    inputs: readonly ModelInput[],
    outputs: readonly string[],
    work: (given: ReadonlyMap<string, EngineTensor>) => void,
  ): void {
    const forms = new Map<string, Form>();
    for (const one of inputs) {
      const form = 'tensor' in one ? formOf(this.#tensors.get(one.tensor)) : one.value;
      if (forms.has(one.name)) throw new Refusal('INPUTS', 'adapter');
      forms.set(one.name, form);
    }
    graph.admit(forms, outputs);
    this.#engine.tidy(() => {
      const given = new Map(inputs.map((one) => [one.name, this.#given(one)] as const));
      try {
        work(given);
      } catch (error) {
        throw error instanceof ShapeError ? new Refusal('SHAPE', 'adapter') : error;
      }
    });
  }

  release(): void {
    for (const graph of this.#graphs.drain()) graph.dispose();
    for (const one of this.#tensors.drain()) one.dispose();
  }

  #given(one: ModelInput): EngineTensor {
    return 'tensor' in one ? this.#tensors.get(one.tensor) : this.made(one.value);
  }

  made(value: Tensor): EngineTensor {
    return this.#engine.tensor(elementsOf(ARRAYS, value), value.shape, value.type);
  }
}
