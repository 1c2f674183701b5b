// Known-bad drivers: which events they take for those of a callback (DRV-STR-009).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { answer, errorReply, mutantsOf } from '../../defects.ts';

const CALLBACK = 'driver.stream.callback';
const SIGNAL = 'driver.event.host.signal';
const WAIT = 'driver.stream.waitEvent';

/** Tells which events are the host's, and which of those are signalled. */
interface Known {
  readonly hosts: ReadonlySet<unknown>;
  readonly signalled: ReadonlySet<unknown>;
}

/** A defect in callbacks of a driver that knows its events. */
const knowingEvents =
  (act: (message: Message, known: Known, link: Link) => boolean) => (): Defect => {
    const [hosts, signalled] = [new Set<unknown>(), new Set<unknown>()];
    return {
      request: (message, link) => {
        if (message.method === SIGNAL) signalled.add(message.params.event);
        const acted = message.method === CALLBACK && act(message, { hosts, signalled }, link);
        if (!acted) link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === 'driver.event.host.create') hosts.add(message.result?.event);
        link.toSession(message);
      },
    };
  };

/** Takes callbacks that are to be refused, where `picks` picks the events, and forgets them. */
const takes = (picks: (params: Message['params'], known: Known) => boolean) =>
  knowingEvents((message, known, link) => {
    const taken = picks(message.params, known);
    if (taken) link.toSession(answer(message, {}));
    return taken;
  });

const mutant = mutantsOf<'refused' | 'not-put' | 'left-before'>('DRV-STR-009');

export const callbackEventMutants: readonly Mutant[] = [
  mutant(
    'enters-recorded',
    'takes an event that is recorded for enter',
    'refused',
    takes(({ enter }, { hosts }) => !hosts.has(enter)),
  ),
  mutant(
    'leaves-recorded',
    'takes an event that is recorded for leave',
    'refused',
    takes(({ leave }, { hosts }) => !hosts.has(leave)),
  ),
  mutant(
    'one-for-both',
    'takes one event for enter and leave',
    'refused',
    takes(({ enter, leave }) => enter === leave),
  ),
  mutant(
    'enters-signalled',
    'takes a signalled event for enter',
    'refused',
    takes(({ enter }, { signalled }) => signalled.has(enter)),
  ),
  mutant('refuses-and-waits', 'refuses a callback, and waits for its return', 'not-put', () => ({
    reply: (message, request, link) => {
      const { stream, enter, leave } = request?.params ?? {};
      const refused = request?.method === CALLBACK && message.error && enter !== leave;
      if (!refused) return link.toSession(message);
      void link.call(WAIT, { stream, event: leave }).then(() => link.toSession(message));
    },
  })),
  mutant('refuses-and-calls', 'refuses a callback, and calls the host', 'not-put', () => ({
    reply: (message, request, link) => {
      const refused = request?.method === CALLBACK && message.error;
      if (!refused) return link.toSession(message);
      const { leave } = request.params;
      void link.call(SIGNAL, { event: leave }).then(() => link.toSession(message));
    },
  })),
  mutant(
    'refuses-left',
    'refuses a callback whose leave is signalled already',
    'left-before',
    knowingEvents((message, { signalled }, link) => {
      const refused = signalled.has(message.params.leave);
      if (refused) {
        link.toSession(errorReply(message.id, 2017, 'FAILED_PRECONDITION', 'EVENT_STATE'));
      }
      return refused;
    }),
  ),
  mutant(
    'skips-left',
    'does not call the host where leave is signalled already',
    'left-before',
    takes(({ leave }, { signalled }) => signalled.has(leave)),
  ),
];
