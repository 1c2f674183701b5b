// Models and tensors of the engine behind the standard: bytes go in and come out as they are.
import { FORMATS } from '../../core/onnx/element.ts';
import { sizeOf } from '../../core/onnx/tensor.ts';
import type {
  ElementType,
  ModelInput,
  Tensor,
  TensorDescription,
} from '../../schemas/generated/types.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Engine, EngineSession, EngineTensor, ValueMetadata } from './engine.ts';

type Arrays = new (buffer: ArrayBuffer) => ArrayBufferView;

/** The array that the engine wants for a type; 16-bit floats are their bits. It has none for bfloat16. */
const ARRAYS: Readonly<Partial<Record<ElementType, Arrays>>> = {
  float32: Float32Array,
  float64: Float64Array,
  float16: Uint16Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  int64: BigInt64Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
  uint64: BigUint64Array,
  bool: Uint8Array,
};

const described = ({ name, type, shape }: ValueMetadata): TensorDescription => {
  if (!(type in FORMATS)) throw new Refusal('OPERATOR', 'adapter', { message: `no ${type} here` });
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
      const session = await this.#engine.InferenceSession.create(Buffer.from(base64, 'base64'), {
        // Warnings of the engine are for its developers.
        logSeverityLevel: 3,
      });
      return {
        model: this.#sessions.add(session),
        inputs: session.inputMetadata.map(described),
        outputs: session.outputMetadata.map(described),
      };
    },
    'framework.model.run': async ({ model, inputs, outputs }) => {
      const session = this.#sessions.get(model);
      const feeds = Object.fromEntries(inputs.map((one) => [one.name, this.#given(one)]));
      const results = await session.run(feeds, outputs);
      return {
        outputs: outputs.map((name) => {
          const found = results[name];
          if (!found) throw new Error(`the engine gave no ${name}`);
          return { name, value: messageOf(found) };
        }),
      };
    },
    'framework.model.unload': async ({ model }) => {
      await this.#sessions.remove(model).release();
      return {};
    },
    'framework.tensor.create': ({ value }) => ({ tensor: this.#tensors.add(this.#made(value)) }),
    'framework.tensor.read': ({ tensor }) => messageOf(this.#tensors.get(tensor)),
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

  #made({ type, shape, base64 }: Tensor): EngineTensor {
    const Elements = ARRAYS[type];
    if (!Elements) throw new Refusal('OPERATOR', 'adapter', { message: `no ${type} here` });
    const bytes = Buffer.from(base64, 'base64');
    // A part of an element cannot be said to the engine.
    if (bytes.length % FORMATS[type].bytes !== 0) throw new Refusal('SHAPE', 'adapter');
    const own = new ArrayBuffer(bytes.length);
    bytes.copy(Buffer.from(own));
    return new this.#engine.Tensor(type, new Elements(own), shape);
  }
}

const messageOf = ({ type, dims, data }: EngineTensor): Tensor => {
  if (!(type in FORMATS)) throw new Refusal('OPERATOR', 'adapter', { message: `no ${type} here` });
  const length = sizeOf(dims) * FORMATS[type as ElementType].bytes;
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  // What it says is what is told: bytes that are not its shape's are for the client to find.
  if (length > 65_536) throw new Refusal('HOST_MEMORY', 'adapter', { message: 'above 64 KiB' });
  return { type: type as ElementType, shape: [...dims], base64: bytes.toString('base64') };
};
