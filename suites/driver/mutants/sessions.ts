// Known-bad drivers: whose handles they serve (DRV-DEV-007).
import type { Message, Mutant } from '../../../core/mutant.ts';
import { admitRefused } from '../../defects.ts';

/** A handle as every session would get it: its count alone. */
const shownAs = (handle: string): string => `allocation_the-same-${handle.split('-').at(-1)}`;

export const sessionMutants: readonly Mutant[] = [
  ...(
    [
      ['write', {}],
      ['read', { base64: 'AAAA' }],
      ['digest', { sha256: '0'.repeat(64) }],
      ['free', {}],
      ['copy', {}],
      ['fill', {}],
    ] as const
  ).map(
    ([name, result]): Mutant => ({
      id: `DRV-DEV-007/foreign-${name}`,
      title: `serves a ${name} of another session’s allocation`,
      requirement: 'DRV-DEV-007',
      breaks: 'DRV-DEV-007/refused',
      defect: () => () =>
        admitRefused(
          (data, request) =>
            data['reason'] === 'HANDLE_INVALID' && request?.method === `driver.memory.${name}`,
          result,
        ),
    }),
  ),
  {
    id: 'DRV-DEV-007/written-and-refused',
    title: 'refuses a write to another session’s allocation after it was done',
    requirement: 'DRV-DEV-007',
    breaks: 'DRV-DEV-007/kept',
    defect: () => {
      const owners = new Map<unknown, (params: unknown) => Promise<Message>>();
      return () => ({
        reply: (message, request, link) => {
          if (message.result?.allocation) {
            owners.set(message.result.allocation, (params) =>
              link.call('driver.memory.write', params),
            );
          }
          const owner = owners.get(request?.params?.allocation);
          const refused = message.error && request?.method === 'driver.memory.write';
          if (refused && owner) {
            void owner(request.params).then(() => link.toSession(message));
          } else link.toSession(message);
        },
      });
    },
  },
  {
    id: 'DRV-DEV-007/same-handles',
    title: 'counts its handles anew in each session',
    requirement: 'DRV-DEV-007',
    breaks: 'DRV-DEV-007/own-handles',
    defect: () => () => {
      const real = new Map<string, string>();
      return {
        request: (message, link) => {
          const { allocation } = message.params ?? {};
          link.toEndpoint(
            allocation === undefined
              ? message
              : {
                  ...message,
                  params: { ...message.params, allocation: real.get(allocation) ?? allocation },
                },
          );
        },
        reply: (message, _request, link) => {
          const handle = message.result?.allocation;
          if (handle === undefined) {
            link.toSession(message);
            return;
          }
          real.set(shownAs(handle), handle);
          link.toSession({
            ...message,
            result: { ...message.result, allocation: shownAs(handle) },
          });
        },
      };
    },
  },
];
