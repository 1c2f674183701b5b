// The tensors of the reference: held as values, and read back as they are.
import { fromMessage, type Tensor, toMessage } from '../../core/onnx/tensor.ts';
import type { Tensor as Message } from '../../schemas/generated/types.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { refused } from './refused.ts';

/** A message's tensor, or a refusal: its bytes are not as many as its shape says. */
export const tensorIn = (message: Message): Tensor => {
  const found = fromMessage(message);
  if (!found) throw refused('SHAPE');
  return found;
};

/** The tensors that one session holds. */
export class Tensors {
  readonly #held = new HandleTable<Tensor>('tensor');

  readonly handlers: Handlers = {
    'framework.tensor.create': ({ value }) => ({ tensor: this.#held.add(tensorIn(value)) }),
    'framework.tensor.read': ({ tensor }) => toMessage(this.get(tensor)),
    'framework.tensor.free': ({ tensor }) => {
      this.#held.remove(tensor);
      return {};
    },
  };

  /** The tensor of a handle, or a refusal. */
  get(handle: string): Tensor {
    return this.#held.get(handle);
  }
}
