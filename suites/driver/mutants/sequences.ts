// Known-bad drivers that are right in every single call, and wrong after two or three of them.
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';

/** Answers a request as carried out, and does not carry it out. */
const drop =
  (picks: (message: Message) => boolean): Required<Pick<Defect, 'request'>>['request'] =>
  (message, link) =>
    picks(message)
      ? link.toSession({ jsonrpc: '2.0', id: message.id, result: {} })
      : link.toEndpoint(message);

const isOf = (message: Message, name: string): boolean =>
  message.method === `driver.memory.${name}`;

export const sequenceMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-001/third-write-lost',
    title: 'loses the third write to an allocation',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/as-modelled',
    defect: () => () => {
      const writes = new Map<string, number>();
      return {
        request: drop((message) => {
          if (!isOf(message, 'write')) return false;
          const { allocation } = message.params;
          writes.set(allocation, (writes.get(allocation) ?? 0) + 1);
          return writes.get(allocation) === 3;
        }),
      };
    },
  },
  {
    id: 'DRV-MEM-001/copy-after-fill-lost',
    title: 'loses a copy onto an allocation that was filled just before',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/as-modelled',
    defect: () => () => {
      let filled: string | undefined;
      return {
        request: drop((message) => {
          const lost = isOf(message, 'copy') && message.params.destination.allocation === filled;
          filled = isOf(message, 'fill') ? message.params.allocation : undefined;
          return lost;
        }),
      };
    },
  },
  {
    id: 'DRV-MEM-001/free-takes-another',
    title: 'clears the first byte of the latest allocation when an older one is freed',
    requirement: 'DRV-MEM-001',
    breaks: 'DRV-MEM-001/as-modelled',
    defect: () => () => {
      let latest: string | undefined;
      return {
        reply: (message, request, link) => {
          if (request && isOf(request, 'allocate')) latest = message.result?.allocation;
          const freed = request && isOf(request, 'free') && message.result !== undefined;
          if (!freed || latest === undefined || request.params.allocation === latest) {
            link.toSession(message);
            return;
          }
          void link
            .call('driver.memory.write', {
              allocation: latest,
              offsetBytes: '0',
              data: { base64: 'AA==' },
            })
            .then(() => link.toSession(message));
        },
      };
    },
  },
  {
    id: 'DRV-MEM-006/handle-comes-back',
    title: 'lets the handle of a freed allocation name the next one',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/as-modelled',
    defect: () => () => {
      let gone: string | undefined;
      const now = new Map<string, string>();
      return {
        request: (message, link) => {
          const named = now.get(message.params?.allocation);
          if (named === undefined) link.toEndpoint(message);
          else link.toEndpoint({ ...message, params: { ...message.params, allocation: named } });
        },
        reply: (message, request, link) => {
          if (request && message.result !== undefined) {
            if (isOf(request, 'free')) gone = request.params.allocation;
            if (isOf(request, 'allocate') && gone !== undefined) {
              now.set(gone, message.result.allocation);
              gone = undefined;
            }
          }
          link.toSession(message);
        },
      };
    },
  },
];
