// Models and tensors of the engine behind the standard: bytes go in and come out as they are.
import { FORMATS } from '../../core/onnx/element.ts';
import type {
  ElementType,
  ModelInput,
  Tensor,
  TensorDescription,
} from '../../schemas/generated/types.ts';
import { natively } from '../kit/exceptions.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { elementsOf, messageOf, noType } from '../kit/tensors.ts';
import {
  ARRAYS,
  type Engine,
  type EngineSession,
  type EngineTensor,
  type ValueMetadata,
} from './engine.ts';

const OPTIONS = {
  // Warnings of the engine are for its developers.
  logSeverityLevel: 3,
  // Threads that wait for work do not spin: most of what they wait for here is the next message.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

const described = ({ name, type, shape }: ValueMetadata): TensorDescription => {
  if (!(type in FORMATS)) throw noType(type);
  return {
    name,
    type: type as ElementType,
    shape: shape.map((length) => (typeof length === 'number' ? length : -1)),
  };
};

/** What one session has loaded, and holds. */
export class Models {
  readonly #engine: Engine;
  readonly #sessions = new HandleTable<EngineSession>('model');
  readonly #tensors = new HandleTable<EngineTensor>('tensor');

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  readonly handlers: Handlers = {
    'framework.model.load': async ({ base64 }) => {
      const bytes = Buffer.from(base64, 'base64');
      const session = await natively(() => this.#engine.InferenceSession.create(bytes, OPTIONS));
      return {
        model: this.#sessions.add(session),
        inputs: session.inputMetadata.map(described),
        outputs: session.outputMetadata.map(described),
      };
    },
    'framework.model.run': async ({ model, inputs, outputs }) => {
      const session = this.#sessions.get(model);
      const feeds = Object.fromEntries(inputs.map((one) => [one.name, this.#given(one)]));
      // The engine is given one input for each name.
      if (Object.keys(feeds).length !== inputs.length) throw new Refusal('INPUTS', 'adapter');
      const results = await natively(() => session.run(feeds, outputs));
      return {
        outputs: outputs.map((name) => {
          const found = results[name];
          if (!found) throw new Error(`the engine gave no ${name}`);
          return { name, value: told(found) };
        }),
      };
    },
    'framework.model.unload': async ({ model }) => {
      const session = this.#sessions.remove(model);
      await natively(() => session.release());
      return {};
    },
    'framework.tensor.create': ({ value }) => ({ tensor: this.#tensors.add(this.#made(value)) }),
    'framework.tensor.read': ({ tensor }) => told(this.#tensors.get(tensor)),
    'framework.tensor.free': ({ tensor }) => {
      this.#tensors.remove(tensor);
      return {};
    },
  };

  async release(): Promise<void> {
    for (const session of this.#sessions.drain()) await session.release();
    this.#tensors.drain();
  }

  #given(one: ModelInput): EngineTensor {
    return 'tensor' in one ? this.#tensors.get(one.tensor) : this.#made(one.value);
  }

  #made(value: Tensor): EngineTensor {
    const data = elementsOf(ARRAYS, value);
    return natively(() => new this.#engine.Tensor(value.type, data, value.shape));
  }
}

const told = ({ type, dims, data }: EngineTensor): Tensor => messageOf(type, dims, data);
