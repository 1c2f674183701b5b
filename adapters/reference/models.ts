// The models of the reference: read from their bytes, and computed by the definitions of the operators.
import type { Model } from '../../core/onnx/model.ts';
import { modelOf } from '../../core/onnx/model-of-bytes.ts';
import { described, fits, isInOrder, openInputs } from '../../core/onnx/signature.ts';
import { type Tensor, toMessage } from '../../core/onnx/tensor.ts';
import { ShapeError } from '../../core/operators/definition.ts';
import { evaluate } from '../../core/operators/graph.ts';
import { operators } from '../../core/operators/index.ts';
import type { ModelInput } from '../../schemas/generated/types.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { withDrawn } from './chance.ts';
import { refused } from './refused.ts';
import { type Tensors, tensorIn } from './tensors.ts';

/** The newest revisions of the format, and of the operators, that it reads. */
const NEWEST_FORMAT = 10;
const NEWEST_OPERATORS = 21;

const read = (bytes: Uint8Array): Model => {
  let model: Model;
  try {
    model = modelOf(bytes);
  } catch {
    throw refused('MODEL');
  }
  const { formatVersion, operatorSets } = model;
  const version = operatorSets[''] ?? 0;
  const isKnown = formatVersion >= 1 && formatVersion <= NEWEST_FORMAT;
  if (!isKnown || version < 1 || version > NEWEST_OPERATORS) throw refused('MODEL');
  if (model.outputs.length === 0 || !isInOrder(model)) throw refused('MODEL');
  const made = withDrawn(model);
  const known = made.nodes.every(
    ({ operator, domain = '' }) => domain === '' && operator in operators,
  );
  if (!known) throw refused('OPERATOR');
  return made;
};

/** What is computed, or a refusal of shapes that do not go together. */
export const computed = <T>(compute: () => T): T => {
  try {
    return compute();
  } catch (error) {
    throw error instanceof ShapeError ? refused('SHAPE') : error;
  }
};

/** The models that one session has loaded. */
export class Models {
  readonly #tensors: Tensors;
  readonly #loaded = new HandleTable<Model>('model');

  constructor(tensors: Tensors) {
    this.#tensors = tensors;
  }

  readonly handlers: Handlers = {
    'framework.model.load': ({ base64 }) => {
      const model = read(Buffer.from(base64, 'base64'));
      return {
        model: this.#loaded.add(model),
        inputs: openInputs(model).map(described),
        outputs: model.outputs.map(described),
      };
    },
    'framework.model.run': ({ model: handle, inputs, outputs }) => {
      const model = this.get(handle);
      const given = this.given(model, inputs, outputs);
      return computed(() => {
        const values = evaluate(model, given);
        return {
          outputs: outputs.map((name) => {
            const value = values[name];
            if (!value) throw refused('INPUTS');
            return { name, value: toMessage(value) };
          }),
        };
      });
    },
    'framework.model.unload': ({ model }) => {
      this.#loaded.remove(model);
      return {};
    },
  };

  /** The model of a handle, or a refusal. */
  get(handle: string): Model {
    return this.#loaded.get(handle);
  }

  /** What a run gives, by name, or a refusal. Handles are looked up before names, and names before shapes. */
  given(
    model: Model,
    inputs: readonly ModelInput[],
    outputs: readonly string[],
  ): Record<string, Tensor> {
    const given = new Map<string, () => Tensor>();
    for (const one of inputs) {
      const held = 'tensor' in one ? this.#tensors.get(one.tensor) : undefined;
      if (given.has(one.name)) throw refused('INPUTS');
      given.set(one.name, () => ('value' in one ? tensorIn(one.value) : (held as Tensor)));
    }
    const wanted = openInputs(model);
    const known = outputs.every((name) => model.outputs.some((one) => one.name === name));
    const all = wanted.every(({ name }) => given.has(name));
    if (!known || !all || given.size !== wanted.length) throw refused('INPUTS');
    const lengths = new Map<string, number>();
    return Object.fromEntries(
      wanted.map((info) => {
        const value = given.get(info.name)?.();
        if (!value || !fits(value, info, lengths)) throw refused('SHAPE');
        return [info.name, value];
      }),
    );
  }
}
