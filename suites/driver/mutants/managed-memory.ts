// Known-bad drivers: what host and device see of managed memory (DRV-MEM-015).
import type { Message, Mutant } from '../../../core/mutant.ts';
import { alterRequest, answer, errorReply, refuseServed } from '../../defects.ts';

const ALLOCATE = 'driver.memory.managed.allocate';
const STORE = 'driver.memory.managed.store';
const LOAD = 'driver.memory.managed.load';

const noMemory = (id: unknown): Message =>
  errorReply(id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY');

export const managedMemoryMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-015/refuses',
    title: 'declares managed memory and has none',
    requirement: 'DRV-MEM-015',
    breaks: 'DRV-MEM-015/allocated',
    defect: () => () => refuseServed(ALLOCATE, noMemory),
  },
  {
    id: 'DRV-MEM-015/not-stored',
    title: 'refuses what the host stores',
    requirement: 'DRV-MEM-015',
    breaks: 'DRV-MEM-015/stored',
    defect: () => () => refuseServed(STORE, noMemory),
  },
  {
    id: 'DRV-MEM-015/store-lost',
    title: 'keeps every tenth store from the device',
    requirement: 'DRV-MEM-015',
    breaks: 'DRV-MEM-015/device-sees',
    defect: () => () => {
      let stores = 0;
      return {
        request: (message, link) => {
          if (message.method === STORE) stores += 1;
          if (message.method === STORE && stores % 10 === 0) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-MEM-015/offset-ignored',
    title: 'stores at the beginning whatever the offset',
    requirement: 'DRV-MEM-015',
    breaks: 'DRV-MEM-015/device-sees',
    defect: () => () => alterRequest(STORE, (params) => ({ ...params, offsetBytes: '0' })),
  },
  {
    id: 'DRV-MEM-015/last-byte-lost',
    title: 'stores a byte less than it is given',
    requirement: 'DRV-MEM-015',
    breaks: 'DRV-MEM-015/device-sees',
    defect: () => () =>
      alterRequest(STORE, (params) => {
        const bytes = Buffer.from(params.data.base64, 'base64');
        const less = bytes.length > 1 ? bytes.subarray(0, -1) : bytes;
        return { ...params, data: { base64: less.toString('base64') } };
      }),
  },
  {
    id: 'DRV-MEM-015/stale',
    title: 'gives the host what it loaded a turn before',
    requirement: 'DRV-MEM-015',
    breaks: 'DRV-MEM-015/host-sees',
    defect: () => () => {
      let before: unknown;
      return {
        reply: (message, request, link) => {
          if (request?.method !== LOAD || message.result === undefined) {
            link.toSession(message);
            return;
          }
          link.toSession(answer(message, before ?? message.result));
          before = message.result;
        },
      };
    },
  },
];
