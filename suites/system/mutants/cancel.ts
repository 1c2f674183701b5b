// Known-bad endpoints: what they do when a call is to be ended (SYS-LIF-003).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterResult, answer } from '../../defects.ts';

const CANCEL = 'system.cancel';
const LATE = 1500;

/** Does something else with the answer to a call that was ended. */
const endsOtherwise =
  (otherwise: (reply: Message, pass: (message: Message) => void) => void) => (): Defect => ({
    reply: (message, _request, link) => {
      if (message.error?.data?.reason !== 'BY_CLIENT') link.toSession(message);
      else otherwise(message, (altered) => link.toSession(altered));
    },
  });

export const cancelMutants: readonly Mutant[] = [
  {
    id: 'SYS-LIF-003/goes-on',
    title: 'says that it ended a call, and lets it go on',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/ended',
    defect: () => () => {
      const open = new Set<unknown>();
      return {
        request: (message, link) => {
          const { request } = message.params ?? {};
          if (message.method === CANCEL && open.has(request)) {
            link.toSession(answer(message, { cancelled: true }));
            return;
          }
          open.add(message.id);
          link.toEndpoint(message);
        },
        reply: (message, _request, link) => {
          open.delete(message.id);
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'SYS-LIF-003/answers',
    title: 'ends a call with a result, as if it had waited long enough',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/ended',
    defect: () =>
      endsOtherwise(({ id }, pass) => pass({ jsonrpc: '2.0', id, result: { state: 'pending' } })),
  },
  {
    id: 'SYS-LIF-003/aborts',
    title: 'ends a call as aborted',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/ended',
    defect: () =>
      endsOtherwise((message, pass) => {
        const data = { ...message.error.data, canonical: 'ABORTED' };
        pass({ ...message, error: { ...message.error, data } });
      }),
  },
  {
    id: 'SYS-LIF-003/late',
    title: 'ends a call a second and a half after it was told to',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/in-time',
    defect: () =>
      endsOtherwise((message, pass) => {
        setTimeout(pass, LATE, message);
      }),
  },
  {
    id: 'SYS-LIF-003/late-at-first',
    title: 'ends the first call of a session a second and a half late, and the others in time',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/in-time',
    defect: () => () => {
      let count = 0;
      return endsOtherwise((message, pass) => {
        count += 1;
        setTimeout(pass, count === 1 ? LATE : 0, message);
      })();
    },
  },
  {
    id: 'SYS-LIF-003/stands-still',
    title: 'answers nothing for a second and a half once it was told to end a call',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/in-time',
    defect: () => () => {
      let until = 0;
      return {
        request: (message, link) => {
          if (message.method === CANCEL) until = Math.max(until, performance.now() + LATE);
          link.toEndpoint(message);
        },
        reply: (message, _request, link) => {
          setTimeout(() => link.toSession(message), Math.max(0, until - performance.now()));
        },
      };
    },
  },
  {
    id: 'SYS-LIF-003/denies',
    title: 'ends a call and says that there was none',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/there-was',
    defect: () => () => alterResult(CANCEL, () => ({ cancelled: false })),
  },
  {
    id: 'SYS-LIF-003/boasts',
    title: 'says of every call that it ended it',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/there-was-none',
    defect: () => () => alterResult(CANCEL, () => ({ cancelled: true })),
  },
  {
    id: 'SYS-LIF-003/signals',
    title: 'ends a call by completing what it waits for',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/unchanged',
    defect: () => () => {
      let held: unknown;
      return {
        request: (message, link) => {
          if (message.method === 'driver.stream.waitEvent') held = message.params.event;
          link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          if (request?.method !== CANCEL || !message.result?.cancelled) {
            link.toSession(message);
            return;
          }
          void link
            .call('driver.event.host.signal', { event: held })
            .then(() => link.toSession(message));
        },
      };
    },
  },
  {
    id: 'SYS-LIF-003/number-for-text',
    title: 'takes the number for its digits where it looks for the call to end',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/there-was-none',
    defect: () => () => {
      const open = new Set<unknown>();
      return {
        request: (message, link) => {
          const { request } = message.params ?? {};
          const digits = message.method === CANCEL && open.has(Number(request));
          open.add(message.id);
          link.toEndpoint(
            digits
              ? { ...message, params: { ...message.params, request: Number(request) } }
              : message,
          );
        },
      };
    },
  },
  {
    id: 'SYS-LIF-003/ends-all',
    title: 'ends with one call all that wait',
    requirement: 'SYS-LIF-003',
    breaks: 'SYS-LIF-003/unchanged',
    defect: () => () => {
      const open = new Set<unknown>();
      return {
        request: (message, link) => {
          if (message.method?.endsWith('.synchronize')) open.add(message.id);
          link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          open.delete(message.id);
          if (request?.method === CANCEL && message.result?.cancelled) {
            for (const other of open) void link.call(CANCEL, { request: other });
          }
          link.toSession(message);
        },
      };
    },
  },
];
