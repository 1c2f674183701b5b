// What defects of streams and events have in common: which requests they reach for, and what they answer in the
// driver's place.
import type { Defect, Message } from '../../../core/mutant.ts';
import { alterReply, answer } from '../../defects.ts';

/** Whether a request moves bytes in a stream. */
export const isCommand = ({ method }: Message): boolean =>
  method === 'driver.stream.write' || method === 'driver.stream.copy';

/** Asks something else than it was asked, of one method, where `picks` picks the message. */
export const asks = (
  method: string,
  instead: (message: Message) => Message,
  picks: (message: Message) => boolean = () => true,
): Defect => ({
  request: (message, link) =>
    link.toEndpoint(message.method === method && picks(message) ? instead(message) : message),
});

/**
 * Answers one method, in answer to another, when the driver has: what a driver does that waits where it
 * should answer.
 */
export const waitsFirst = (
  method: string,
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
  first: (params: any) => { readonly method: string; readonly params: unknown },
): Defect => ({
  request: (message, link) => {
    if (message.method !== method) {
      link.toEndpoint(message);
      return;
    }
    const { method: before, params } = first(message.params);
    void link.call(before, params).then(() => link.toEndpoint(message));
  },
});

/** Says of a stream that it failed once a reply to a request of it was picked. */
export const failsStreams =
  (picks: (reply: Message, request: Message) => boolean) => (): Defect => {
    const failed = new Set<unknown>();
    return alterReply((reply, request) => {
      const { stream } = request?.params ?? {};
      if (request && picks(reply, request)) failed.add(stream);
      return request?.method === 'driver.stream.synchronize' && reply.result && failed.has(stream)
        ? answer(reply, { state: 'failed' })
        : reply;
    });
  };
