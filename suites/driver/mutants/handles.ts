// Known-bad drivers: what freed handles do (DRV-MEM-006).
import type { Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterReply, errorReply } from '../../defects.ts';

export const handleMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-006/double-free',
    title: 'answers a second free',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/double-free',
    defect: () => () =>
      admitRefused((data, request) => {
        return data['reason'] === 'HANDLE_INVALID' && request?.method === 'driver.memory.free';
      }),
  },
  {
    id: 'DRV-MEM-006/free-refused',
    title: 'refuses an honest free',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/free',
    defect: () => () => ({
      request: (message, link) =>
        message.method === 'driver.memory.free'
          ? link.toSession(errorReply(message.id, 2002, 'NOT_FOUND', 'HANDLE_INVALID'))
          : link.toEndpoint(message),
    }),
  },
  ...(['write', 'read', 'digest'] as const).map(
    (name): Mutant => ({
      id: `DRV-MEM-006/${name}-after-free`,
      title: `serves a ${name} of a freed allocation`,
      requirement: 'DRV-MEM-006',
      breaks: 'DRV-MEM-006/use',
      defect: () => () =>
        admitRefused(
          (data, request) =>
            data['reason'] === 'HANDLE_INVALID' && request?.method === `driver.memory.${name}`,
          { write: {}, read: { base64: 'AAAA' }, digest: { sha256: '0'.repeat(64) } }[name],
        ),
    }),
  ),
  {
    id: 'DRV-MEM-006/dies',
    title: 'dies of a second free',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/double-free',
    defect: () => () => ({
      reply: (message, _request, link) =>
        message.error?.data?.reason === 'HANDLE_INVALID' ? link.kill() : link.toSession(message),
    }),
  },
  {
    id: 'DRV-MEM-006/stops-serving',
    title: 'serves nothing any more once a freed handle was used',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/serving',
    defect: () => () => {
      let used = false;
      return alterReply((reply, request) => {
        used ||= reply.error?.data?.reason === 'HANDLE_INVALID';
        return used && request?.method === 'system.ping'
          ? errorReply(reply.id, -32603, 'INTERNAL', 'INTERNAL')
          : reply;
      });
    },
  },
  {
    id: 'DRV-MEM-006/handle-again',
    title: 'gives a freed handle to the next allocation',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/new-handle',
    defect: () => () => {
      const shown = 'allocation_always-the-same';
      let real = '';
      return {
        request: (message, link) =>
          link.toEndpoint(
            message.params?.allocation === shown
              ? { ...message, params: { ...message.params, allocation: real } }
              : message,
          ),
        reply: (message, request, link) => {
          if (request?.method === 'driver.memory.allocate' && message.result) {
            real = message.result.allocation;
            link.toSession({ ...message, result: { allocation: shown } });
          } else link.toSession(message);
        },
      };
    },
  },
  {
    id: 'DRV-MEM-006/copy-after-free',
    title: 'serves a copy of a freed allocation',
    requirement: 'DRV-MEM-006',
    breaks: 'DRV-MEM-006/copy',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          data['reason'] === 'HANDLE_INVALID' && request?.method === 'driver.memory.copy',
      ),
  },
];
