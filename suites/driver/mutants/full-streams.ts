// Known-bad drivers: how much their streams take while they are held (DRV-STR-001).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { answer, mutantsOf, noRoom } from '../../defects.ts';
import { isCommand } from './stream-defects.ts';

const WAIT = 'driver.stream.waitEvent';
const SIGNAL = 'driver.event.host.signal';

/** What was put into a stream since it was held. */
interface Queue {
  readonly commands: Message[];
  bytes: number;
}

/** Reaches for the commands of a stream that is held, when more are there than it has room for. */
const beyond =
  (isFull: (queue: Queue) => boolean, act: (message: Message, queue: Queue, link: Link) => void) =>
  (): Defect => {
    const held = new Map<unknown, Queue>();
    return {
      request: (message, link) => {
        const { stream, data } = message.params ?? {};
        if (message.method === WAIT) held.set(stream, { commands: [], bytes: 0 });
        if (message.method === SIGNAL) held.clear();
        const queue = isCommand(message) ? held.get(stream) : undefined;
        if (queue) {
          queue.commands.push(message);
          queue.bytes += data?.base64 ? Buffer.byteLength(data.base64, 'base64') : 0;
        }
        if (queue && isFull(queue)) act(message, queue, link);
        else link.toEndpoint(message);
      },
    };
  };

const refuses = (message: Message, _queue: Queue, link: Link): void =>
  link.toSession(noRoom(message.id));

/** Begins anew in the room that it has: what was there first is lost. */
const wrapsAround = (message: Message, { commands }: Queue, link: Link): void => {
  const [first] = commands;
  if (first?.params.data === undefined || message.params.data === undefined) {
    link.toEndpoint(message);
    return;
  }
  const params = { ...first.params, data: message.params.data };
  void link.call(first.method ?? '', params).then(() => link.toEndpoint(message));
};

const MEBIBYTE = 2 ** 20;

const mutant = mutantsOf<'full-taken' | 'full-kept'>('DRV-STR-001', 'DRV-STR-001/full');

export const fullStreamMutants: readonly Mutant[] = [
  mutant(
    'has-room-for-62',
    'refuses the 63rd command of a stream that is held',
    'full-taken',
    beyond(({ commands }) => commands.length > 62, refuses),
  ),
  mutant(
    'has-room-for-a-mebibyte',
    'refuses a command when a mebibyte waits in its stream',
    'full-taken',
    beyond(({ bytes }) => bytes > MEBIBYTE, refuses),
  ),
  mutant(
    'answers-when-begun',
    'answers a command when fewer than 32 are before it',
    'full-taken',
    beyond(
      ({ commands }) => commands.length > 32,
      () => {},
    ),
  ),
  mutant(
    'staging-wraps',
    'stages what a mebibyte cannot hold where the first bytes wait',
    'full-kept',
    beyond(({ bytes }) => bytes > MEBIBYTE, wrapsAround),
  ),
  mutant(
    'loses-beyond',
    'loses the commands for which it has no room',
    'full-kept',
    beyond(
      ({ commands }) => commands.length > 60,
      (message, _queue, link) => link.toSession(answer(message, {})),
    ),
  ),
];
