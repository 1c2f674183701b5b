// Known-bad drivers: what is allocated.
import type { Mutant } from '../../../core/mutant.ts';
import { alterError } from '../../defects.ts';

export const allocationMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-003/promised',
    title: 'grants any size and answers every write to it',
    requirement: 'DRV-MEM-003',
    breaks: 'DRV-MEM-003/refused',
    defect: () => () => {
      const promised = 'allocation_promised-1';
      return {
        request: (message, link) => {
          if (message.params?.allocation === promised) {
            link.toSession({ jsonrpc: '2.0', id: message.id, result: {} });
          } else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          const granted = request?.method === 'driver.memory.allocate' && message.error;
          link.toSession(
            granted
              ? { jsonrpc: '2.0', id: message.id, result: { allocation: promised } }
              : message,
          );
        },
      };
    },
  },
  {
    id: 'DRV-MEM-003/internal',
    title: 'answers INTERNAL to a size that it has not',
    requirement: 'DRV-MEM-003',
    breaks: 'DRV-MEM-003/refused',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'SIZE',
        ({ data }) => {
          data['canonical'] = 'INTERNAL';
        },
      ),
  },
];
