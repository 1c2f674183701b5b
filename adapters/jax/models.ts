// Models and tensors of the engine behind the standard: bytes go in and come out as they are.
import { ELEMENT_TYPES, FORMATS } from '../../core/onnx/element.ts';
import type { ModelInput, Tensor, TensorDescription } from '../../schemas/generated/types.ts';
import { natively } from '../kit/exceptions.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { elementsOf, messageOf, noType } from '../kit/tensors.ts';
import {
  ARRAYS,
  type Engine,
  type EngineArray,
  type EngineModel,
  type EngineValueInfo,
} from './engine.ts';
import { gradientsOf } from './gradients.ts';

const described = ({ name, type }: EngineValueInfo): TensorDescription => {
  const told = type?.value.value;
  const found = ELEMENT_TYPES.find((one) => FORMATS[one].code === told?.elemType);
  const dimensions = told?.shape?.dim;
  if (!found || !dimensions) {
    throw new Refusal('OPERATOR', 'adapter', { message: `${name} is no tensor with a shape` });
  }
  return {
    name,
    type: found,
    shape: dimensions.map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : -1)),
  };
};

/** What an array holds; asking ends the reference. */
const told = (array: EngineArray): Tensor => {
  const { dtype, shape } = array;
  if (!(dtype in ARRAYS)) {
    // Its data would be of an array that JavaScript has not.
    natively(() => array.dispose());
    throw noType(dtype);
  }
  return messageOf(
    dtype,
    shape,
    natively(() => array.dataSync()),
  );
};

/** What one session has loaded, and holds. */
export class Models {
  readonly #engine: Engine;
  readonly #models = new HandleTable<EngineModel>('model');
  readonly #arrays = new HandleTable<EngineArray>('tensor');

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  readonly handlers: Handlers = {
    'framework.model.load': ({ base64 }) => {
      const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
      const model = natively(() => new this.#engine.Model(bytes));
      const { input, output, initializer } = model.model.graph;
      const given = new Set(initializer.map(({ name }) => name));
      const inputs = input.filter(({ name }) => !given.has(name)).map(described);
      const outputs = output.map(described);
      return { model: this.#models.add(model), inputs, outputs };
    },
    'framework.model.run': ({ model: handle, inputs, outputs }) => {
      const model = this.#models.get(handle);
      const feeds = this.#feeds(model, inputs, outputs);
      const results = natively(() => model.run(feeds));
      const values = new Map<string, Tensor>();
      for (const [name, array] of Object.entries(results)) {
        if (outputs.includes(name)) values.set(name, told(array));
        else natively(() => array.dispose());
      }
      return {
        outputs: outputs.map((name) => {
          const value = values.get(name);
          if (!value) throw new Error(`the engine gave no ${name}`);
          return { name, value };
        }),
      };
    },
    'framework.model.gradient': ({ model: handle, inputs, weights, variables }) => {
      const model = this.#models.get(handle);
      const names = weights.map(({ name }) => name);
      // Names that come twice, or of nothing, the engine would not be told of.
      const isOnce = new Set(names).size === names.length;
      if (!isOnce || !variables.every((name) => inputs.some((one) => one.name === name))) {
        throw new Refusal('INPUTS', 'adapter');
      }
      const feeds = this.#feeds(model, inputs, names);
      const counts = Object.fromEntries(weights.map((one) => [one.name, this.#made(one.value)]));
      const found = gradientsOf(this.#engine, model, feeds, counts, variables);
      return {
        gradients: found.map((array, index) => ({
          name: variables[index] ?? '',
          value: told(array),
        })),
      };
    },
    'framework.model.unload': ({ model: handle }) => {
      const model = this.#models.remove(handle);
      natively(() => model.dispose());
      return {};
    },
    'framework.tensor.create': ({ value }) => ({ tensor: this.#arrays.add(this.#made(value)) }),
    'framework.tensor.read': ({ tensor }) => told(this.#arrays.get(tensor).ref),
    'framework.tensor.free': ({ tensor }) => {
      const array = this.#arrays.remove(tensor);
      natively(() => array.dispose());
      return {};
    },
  };

  release(): void {
    for (const model of this.#models.drain()) model.dispose();
    for (const array of this.#arrays.drain()) array.dispose();
  }

  /** The engine is given one input for each name, and gives all outputs, whatever is asked for. */
  #feeds(
    model: EngineModel,
    inputs: readonly ModelInput[],
    outputs: readonly string[],
  ): Record<string, EngineArray> {
    const known = model.model.graph.output.map(({ name }) => name);
    const isOne = new Set(inputs.map(({ name }) => name)).size === inputs.length;
    if (!isOne || !outputs.every((name) => known.includes(name))) {
      throw new Refusal('INPUTS', 'adapter');
    }
    return Object.fromEntries(inputs.map((one) => [one.name, this.#given(one)]));
  }

  #given(one: ModelInput): EngineArray {
    return 'tensor' in one ? this.#arrays.get(one.tensor).ref : this.#made(one.value);
  }

  #made(value: Tensor): EngineArray {
    const data = elementsOf(ARRAYS, value);
    const { type, shape } = value;
    return natively(() => this.#engine.array(data, { shape, dtype: type }));
  }
}
