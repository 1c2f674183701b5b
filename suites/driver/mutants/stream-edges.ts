// Known-bad drivers: streams that are wrong with two of what there mostly is one of, with what is large, and when they
// are gone (DRV-STR-001, -002, -004, -005 and -006).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { answer, answersItself, servesRefused } from '../../defects.ts';

const COPY = 'driver.stream.copy';
const WRITE = 'driver.stream.write';
const WAIT = 'driver.stream.waitEvent';
const DESTROY = 'driver.stream.destroy';
const SYNCHRONIZE = 'driver.stream.synchronize';
const SIGNAL = 'driver.event.host.signal';

const PIECE = 65_536;

const isLarge = ({ method, params }: Message): boolean =>
  method === COPY && Number(params.lengthBytes) > PIECE;

/** Puts a large copy into its stream behind the write that comes after it. */
const smallOvertakes = (): Defect => {
  const late = new Map<unknown, Message>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      const before = late.get(stream);
      late.delete(stream);
      if (!before && isLarge(message)) {
        late.set(stream, message);
        link.toSession(answer(message, {}));
      } else if (!before) link.toEndpoint(message);
      else if (message.method === WRITE) {
        const both = link.call(WRITE, message.params).then(() => link.call(COPY, before.params));
        void both.then(() => link.toSession(answer(message, {})));
      } else void link.call(COPY, before.params).then(() => link.toEndpoint(message));
    },
  };
};

/** Loses copies while a stream is held, in those streams that it picks. */
const losesCopies = (picks: (isHeld: boolean) => boolean) => (): Defect => {
  const holds = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      if (message.method === WAIT) holds.set(event, stream);
      if (message.method === SIGNAL) holds.delete(event);
      const held = [...holds.values()];
      const lost = message.method === COPY && held.length > 0 && picks(held.includes(stream));
      if (lost) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
  };
};

/** Says to who waits for a while that a stream is complete once one of its waits is over. */
const oneOfTwo = (): Defect => {
  const streams = new Map<unknown, unknown>();
  const waits = new Map<unknown, number>();
  const over = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      if (message.method === WAIT) {
        streams.set(event, stream);
        waits.set(stream, (waits.get(stream) ?? 0) + 1);
      }
      if (message.method === SIGNAL) over.add(streams.get(event));
      link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      const { stream } = request?.params ?? {};
      const lies =
        request?.method === SYNCHRONIZE &&
        message.result?.state === 'pending' &&
        over.has(stream) &&
        (waits.get(stream) ?? 0) > 1;
      link.toSession(lies ? answer(message, { state: 'complete' }) : message);
    },
  };
};

/** Says to the second who waits for a stream at one time that it is complete. */
const oneWaiter = (): Defect => {
  const open = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      if (message.method === SYNCHRONIZE && [...open.values()].includes(stream)) {
        link.toSession(answer(message, { state: 'complete' }));
        return;
      }
      if (message.method === SYNCHRONIZE) open.set(message.id, stream);
      link.toEndpoint(message);
    },
    reply: (message, _request, link) => {
      open.delete(message.id);
      link.toSession(message);
    },
  };
};

/** Drops a wait where the command before it in its stream is one. */
const firstWait = (): Defect => {
  const last = new Map<unknown, string | undefined>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      const again = message.method === WAIT && last.get(stream) === WAIT;
      if (stream !== undefined) last.set(stream, message.method);
      if (again) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
  };
};

/** Drops a wait where the command behind it in its stream is one. */
const lastWait = (): Defect => {
  const late = new Map<unknown, Message>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      const before = late.get(stream);
      late.delete(stream);
      if (message.method === WAIT) {
        late.set(stream, message);
        link.toSession(answer(message, {}));
      } else if (before) void link.call(WAIT, before.params).then(() => link.toEndpoint(message));
      else link.toEndpoint(message);
    },
  };
};

/** Lets one stream wait for an event, and no second. */
const oneWaits = (): Defect => {
  const waiting = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      const first = waiting.get(event) ?? stream;
      if (message.method === WAIT && first !== stream) {
        link.toSession(answer(message, {}));
        return;
      }
      if (message.method === WAIT) waiting.set(event, stream);
      link.toEndpoint(message);
    },
  };
};

/** Lets a stream wait for ever for an event that was signalled before. */
const waitsForThePast = (): Defect => {
  const devices = new Map<unknown, string>();
  const signalled = new Set<unknown>();
  const HOST = 'driver.event.host.create';
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      if (message.method === SIGNAL) signalled.add(event);
      if (message.method !== WAIT || !signalled.has(event)) {
        link.toEndpoint(message);
        return;
      }
      void link.call(HOST, { device: devices.get(event) }).then(({ result }) => {
        link.toEndpoint({ ...message, params: { stream, event: result.event } });
      });
    },
    reply: (message, request, link) => {
      if (request?.method === HOST && message.result) {
        devices.set(message.result.event, request.params.device);
      }
      link.toSession(message);
    },
  };
};

/** Undoes the second copy of a stream that was held when it was destroyed. */
const drainsOne = (): Defect => {
  const copies = new Map<unknown, number>();
  const before = new Map<unknown, object>();
  const gone = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream, destination, lengthBytes } = message.params ?? {};
      if (message.method === DESTROY) gone.add(stream);
      if (message.method === WAIT) copies.set(stream, 0);
      const count = (copies.get(stream) ?? Number.NaN) + 1;
      if (message.method === COPY) copies.set(stream, count);
      if (message.method !== COPY || count !== 2) {
        link.toEndpoint(message);
        return;
      }
      const range = { ...destination, lengthBytes: Number(lengthBytes) };
      void link.call('driver.memory.read', range).then(({ result }) => {
        before.set(stream, { ...destination, data: { base64: result?.base64 ?? '' } });
        link.toEndpoint(message);
      });
    },
    reply: (message, request, link) => {
      const lost = [...before].filter(([stream]) => gone.has(stream)).map(([, write]) => write);
      if (request?.method !== 'driver.event.synchronize' || lost.length === 0) {
        link.toSession(message);
        return;
      }
      before.clear();
      const writes = lost.map((write) => link.call('driver.memory.write', write));
      void Promise.all(writes).then(() => link.toSession(message));
    },
  };
};

/** Serves a stream that is gone in one method. */
const servesGone = (name: string, method: string, result: object = {}): Mutant => ({
  id: `DRV-STR-006/${name}-when-gone`,
  title: `answers ${method} of a stream that is gone`,
  requirement: 'DRV-STR-006',
  breaks: 'DRV-STR-006/gone',
  defect: () => servesRefused('HANDLE_INVALID', method, result),
});

export const streamEdgeMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-001/small-overtakes',
    title: 'lets a write overtake a large copy',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/order',
    defect: () => smallOvertakes,
  },
  {
    id: 'DRV-STR-002/others-lost',
    title: 'says that streams beside one that is held are complete, and has lost their copies',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/carried-out',
    defect: () => losesCopies((isHeld) => !isHeld),
  },
  {
    id: 'DRV-STR-002/held-lost',
    title: 'loses what was put into a stream while it was held',
    requirement: 'DRV-STR-002',
    breaks: 'DRV-STR-002/carried-out',
    defect: () => losesCopies((isHeld) => isHeld),
  },
  {
    id: 'DRV-STR-004/one-of-two',
    title: 'says that a stream is complete when one of two events that it waits for is',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/timeout',
    shows: 'DRV-STR-004/timeout',
    defect: () => oneOfTwo,
  },
  {
    id: 'DRV-STR-004/one-waiter',
    title: 'keeps one who waits for a stream, and tells the next that it is complete',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/waits',
    shows: 'DRV-STR-004/waits',
    defect: () => oneWaiter,
  },
  {
    id: 'DRV-STR-004/large-lost',
    title: 'says that a stream is complete that has a large copy to do',
    requirement: 'DRV-STR-004',
    breaks: 'DRV-STR-004/held-visible',
    shows: 'DRV-STR-004/waits',
    defect: () => () => answersItself(COPY, {}, isLarge),
  },
  {
    id: 'DRV-STR-005/first-wait',
    title: 'waits for the first alone of two events in a row',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/two-held',
    defect: () => firstWait,
  },
  {
    id: 'DRV-STR-005/last-wait',
    title: 'waits for the last alone of two events in a row',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/two-held',
    defect: () => lastWait,
  },
  {
    id: 'DRV-STR-005/one-waits',
    title: 'lets one stream alone wait for an event',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/each-waits',
    defect: () => oneWaits,
  },
  {
    id: 'DRV-STR-005/waits-for-the-past',
    title: 'lets a stream wait for ever for what was complete before',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/goes-on',
    defect: () => waitsForThePast,
  },
  {
    id: 'DRV-STR-006/drains-one',
    title: 'carries out the first command alone of a stream that is gone',
    requirement: 'DRV-STR-006',
    breaks: 'DRV-STR-006/as-declared',
    defect: () => drainsOne,
  },
  servesGone('waited-for', SYNCHRONIZE, { state: 'complete' }),
  servesGone('written-to', WRITE),
  servesGone('copied-in', COPY),
  servesGone('waiting', WAIT),
  servesGone('recorded-in', 'driver.event.record'),
];
