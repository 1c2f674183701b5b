// Known-bad drivers: what host memory and its registration have of each other (DRV-MEM-013).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterRequest,
  alterResult,
  answer,
  answersItself,
  noRoom,
  refuseServed,
} from '../../defects.ts';

const REGISTER = 'driver.memory.register';
const STORE = 'driver.memory.host.write';
const LOAD = 'driver.memory.host.read';
const FREE = 'driver.memory.free';

/** Drops requests of one method from when something is registered on. */
const dropsOnceRegistered = (
  method: string,
  picks: (message: Message, allocations: ReadonlySet<string>) => boolean,
): (() => Defect) => {
  return () => {
    const allocations = new Set<string>();
    return {
      request: (message, link) => {
        const drops = message.method === method && picks(message, allocations);
        if (drops) link.toSession(answer(message, {}));
        else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === REGISTER && message.result) {
          allocations.add(message.result.allocation);
        }
        if (request?.method === FREE) allocations.delete(request.params.allocation);
        link.toSession(message);
      },
    };
  };
};

export const hostMemoryMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-013/refuses',
    title: 'declares registration and has no room for one',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/registered',
    defect: () => () => refuseServed(REGISTER, noRoom),
  },
  {
    id: 'DRV-MEM-013/registers-a-copy',
    title: 'keeps from the device what the host stores once it is registered',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/device-sees',
    defect: () => dropsOnceRegistered(STORE, (_message, { size }) => size > 0),
  },
  {
    id: 'DRV-MEM-013/last-byte-lost',
    title: 'stores a byte less than it is given',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/device-sees',
    defect: () => () =>
      alterRequest(STORE, (params) => {
        const bytes = Buffer.from(params.data.base64, 'base64').subarray(0, -1);
        return { ...params, data: { base64: bytes.toString('base64') } };
      }),
  },
  {
    id: 'DRV-MEM-013/not-written-back',
    title: 'keeps from the host what the device writes',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/host-sees',
    defect: () =>
      dropsOnceRegistered('driver.memory.write', ({ params }, allocations) =>
        allocations.has(params.allocation),
      ),
  },
  {
    id: 'DRV-MEM-013/offset-ignored',
    title: 'has the device write to the beginning whatever the offset',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/host-sees',
    defect: () => () =>
      alterRequest('driver.memory.write', (params) => ({ ...params, offsetBytes: '0' })),
  },
  {
    id: 'DRV-MEM-013/copy-lost',
    title: 'answers a copy and does not carry it out',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/copied',
    defect: () => () => answersItself('driver.memory.copy', {}),
  },
  {
    id: 'DRV-MEM-013/freed-under-the-device',
    title: 'frees host memory that a device still has registered',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/not-freed',
    defect: () => () => admitRefused((data) => data['reason'] === 'MEMORY_STATE'),
  },
  {
    id: 'DRV-MEM-013/cleared',
    title: 'clears host memory when its registration ends',
    requirement: 'DRV-MEM-013',
    breaks: 'DRV-MEM-013/kept',
    defect: () => () => {
      let ended = false;
      const clears = alterResult(LOAD, (result, { params }) =>
        ended ? { base64: Buffer.alloc(params.lengthBytes).toString('base64') } : result,
      );
      return {
        ...clears,
        request: (message, link) => {
          ended ||= message.method === FREE;
          link.toEndpoint(message);
        },
      };
    },
  },
];
