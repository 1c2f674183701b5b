// Known-bad drivers: what becomes of events that are destroyed, and of who waits for them (DRV-EVT-010).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import {
  alterReply,
  answer,
  answersItself,
  errorReply,
  handleComesBack,
  hasNoRoomFor,
  mutantsOf,
  servesRefused,
} from '../../defects.ts';

const CREATE = 'driver.event.create';
const RECORD = 'driver.event.record';
const QUERY = 'driver.event.query';
const SYNCHRONIZE = 'driver.event.synchronize';
const DESTROY = 'driver.event.destroy';
const SIGNAL = 'driver.event.host.signal';
const HOST = 'driver.event.host.create';
const WAIT = 'driver.stream.waitEvent';

/** Does something else in place of destroying an event that a method has named before. */
const destroysOtherwise =
  (named: string, instead: (message: Message, link: Link) => void) => (): Defect => {
    const events = new Set<unknown>();
    return {
      request: (message, link) => {
        const { event } = message.params ?? {};
        if (message.method === named) events.add(event);
        if (message.method === DESTROY && events.has(event)) instead(message, link);
        else link.toEndpoint(message);
      },
    };
  };

/** Refuses to destroy an event that is pending. */
const refusesPending = destroysOtherwise(RECORD, (message, link) => {
  const refusal = errorReply(message.id, 2017, 'FAILED_PRECONDITION', 'EVENT_STATE');
  void link
    .call(QUERY, { event: message.params.event })
    .then(({ result }) =>
      result?.state === 'pending' ? link.toSession(refusal) : link.toEndpoint(message),
    );
});

/** Destroys an event once it is complete, and answers then. */
const waitsToDestroy = destroysOtherwise(RECORD, (message, link) => {
  const { event } = message.params;
  void link.call(SYNCHRONIZE, { event }).then(() => link.toEndpoint(message));
});

/** Keeps an event for which a stream waits. */
const keepsWhereWaited = destroysOtherwise(WAIT, (message, link) =>
  link.toSession(answer(message, {})),
);

/**
 * Has streams wait for an event of its own in place of one that is recorded, which is signalled when that is complete;
 * when that is destroyed before, `destroyed` says what becomes of it.
 */
const waitsInPlace = (destroyed: 'signalled' | 'forgotten') => (): Defect => {
  const devices = new Map<unknown, unknown>();
  const places = new Map<unknown, unknown>();
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      if (message.method === WAIT && devices.has(event)) {
        void link.call(HOST, { device: devices.get(event) }).then(async ({ result }) => {
          places.set(event, result.event);
          await link.call(WAIT, { stream, event: result.event });
          link.toSession(answer(message, {}));
          await link.call(SYNCHRONIZE, { event });
          if (places.delete(event)) await link.call(SIGNAL, { event: result.event });
        });
        return;
      }
      const place = message.method === DESTROY ? places.get(event) : undefined;
      if (message.method === DESTROY) {
        devices.delete(event);
        places.delete(event);
      }
      if (place !== undefined && destroyed === 'signalled') {
        void link.call(SIGNAL, { event: place }).then(() => link.toEndpoint(message));
      } else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (request?.method === CREATE) devices.set(message.result?.event, request.params.device);
      link.toSession(message);
    },
  };
};

/** Answers who waits for an event when it is destroyed. */
const answersWaiters = (): Defect => {
  const waiting = new Map<unknown, Message>();
  const answered = new Set<unknown>();
  return {
    request: (message, link) => {
      const { event } = message.params ?? {};
      if (message.method === SYNCHRONIZE) waiting.set(event, message);
      const waiter = message.method === DESTROY ? waiting.get(event) : undefined;
      if (waiter) {
        answered.add(waiter.id);
        link.toSession(answer(waiter, { state: 'complete' }));
      }
      link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (request?.method === SYNCHRONIZE) waiting.delete(request.params.event);
      if (!answered.has(message.id)) link.toSession(message);
    },
  };
};

/** Says to who waited for an event that was destroyed meanwhile that it failed. */
const failsWaiters = (): Defect => {
  const gone = new Set<unknown>();
  return alterReply((reply, request) => {
    const { event } = request?.params ?? {};
    if (request?.method === DESTROY && reply.result) gone.add(event);
    const fails = request?.method === SYNCHRONIZE && reply.result && gone.has(event);
    return fails ? answer(reply, { state: 'failed' }) : reply;
  });
};

/** Loses the copies behind a wait for an event that is recorded. */
const losesCopies = (): Defect => {
  const recorded = new Set<unknown>();
  const waiting = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream, event } = message.params ?? {};
      if (message.method === RECORD) recorded.add(event);
      if (message.method === WAIT && recorded.has(event)) waiting.add(stream);
      const lost = message.method === 'driver.stream.copy' && waiting.has(stream);
      if (lost) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
  };
};

/** Fails the event that is made after others were destroyed. */
const failsNext = (): Defect => {
  let destroyed = false;
  const next = new Set<unknown>();
  return alterReply((reply, request) => {
    if (request?.method === DESTROY && reply.result) destroyed = true;
    if (request?.method === CREATE && destroyed) next.add(reply.result?.event);
    const fails = request?.method === SYNCHRONIZE && reply.result && next.has(request.params.event);
    return fails ? answer(reply, { state: 'failed' }) : reply;
  });
};

const mutant = mutantsOf<'destroyed' | 'gone' | 'serving' | 'waits' | 'goes-on'>('DRV-EVT-010');

/** Serves one method of an event that is gone. */
const servesGone = (name: string, method: string, result: object = {}): Mutant =>
  mutant(
    `${name}-when-gone`,
    `answers ${method} of an event that is gone`,
    'gone',
    servesRefused('HANDLE_INVALID', method, result),
  );

export const destroyedEventMutants: readonly Mutant[] = [
  mutant('keeps', 'does not destroy an event', 'destroyed', hasNoRoomFor(DESTROY)),
  mutant(
    'refuses-pending',
    'does not destroy an event that is pending',
    'destroyed',
    refusesPending,
  ),
  mutant('waits-to-destroy', 'destroys an event when it is complete', 'destroyed', waitsToDestroy),
  mutant('lives-on', 'keeps what was destroyed', 'gone', () => answersItself(DESTROY, {})),
  mutant('lives-on-where-waited', 'keeps what a stream waits for', 'gone', keepsWhereWaited),
  mutant(
    'comes-back',
    'names the next event as the last that was destroyed',
    'gone',
    handleComesBack(DESTROY, CREATE, 'event'),
  ),
  servesGone('queried', QUERY, { state: 'complete' }),
  servesGone('waited-for', SYNCHRONIZE, { state: 'complete' }),
  servesGone('recorded', RECORD),
  servesGone('awaited-by-a-stream', WAIT),
  servesGone('signalled', SIGNAL),
  servesGone('measured', 'driver.event.timing.elapsed', {
    nanoseconds: '1',
    resolutionNanoseconds: '1',
  }),
  servesGone('destroyed', DESTROY),
  mutant('dies', 'dies of the next request when an event was destroyed', 'serving', () => ({
    request: (message, link) => {
      if (message.method === 'system.ping') link.kill();
      else link.toEndpoint(message);
    },
  })),
  mutant(
    'fails-next',
    'fails an event that is made after another was destroyed',
    'serving',
    failsNext,
  ),
  mutant(
    'lets-go',
    'lets streams go when what they wait for is destroyed',
    'waits',
    waitsInPlace('signalled'),
  ),
  mutant(
    'answers-waiters',
    'says complete to who waits for what is destroyed',
    'waits',
    answersWaiters,
  ),
  mutant(
    'never-lets-go',
    'holds streams for ever when what they wait for is destroyed',
    'goes-on',
    waitsInPlace('forgotten'),
  ),
  mutant(
    'fails-waiters',
    'says failed to who waits for what was destroyed',
    'goes-on',
    failsWaiters,
  ),
  mutant('loses-copies', 'loses what stands behind a wait for an event', 'goes-on', losesCopies),
];
