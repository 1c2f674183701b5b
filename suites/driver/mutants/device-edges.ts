// Known-bad drivers: which devices and handles they take for their own where nobody looks first (DRV-DEV-002 to -007).
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterRequest } from '../../defects.ts';
import { knowingDevices } from './known.ts';

const GET = 'driver.device.get';
const LIST = 'driver.device.list';

/** Takes an unknown id of one method for that of the first device. */
const firstDevice = (name: string, method: string, member: 'device' | 'peer'): Mutant => ({
  id: `DRV-DEV-004/first-device-${name}`,
  title: `takes an unknown ${member} in ${method} for the first device`,
  requirement: 'DRV-DEV-004',
  breaks: 'DRV-DEV-004/elsewhere',
  defect: knowingDevices(
    (known) => () =>
      alterRequest(method, (params) => {
        const [first = params[member]] = known;
        return known.has(params[member]) ? params : { ...params, [member]: first };
      }),
  ),
});

/** Serves requests of one method that name another session's handle. */
const foreign = (name: string, method: string, result: object = {}): Mutant => ({
  id: `DRV-DEV-007/foreign-${name}`,
  title: `serves ${method} of what is another session’s`,
  requirement: 'DRV-DEV-007',
  breaks: 'DRV-DEV-007/refused',
  defect: () => () =>
    admitRefused(
      (data, request) => data['reason'] === 'HANDLE_INVALID' && request?.method === method,
      result,
    ),
});

/** A defect that is told how much of each device is allocated in its session. */
const knowingTaken =
  (defect: (taken: (device: string) => bigint) => Defect): (() => Defect) =>
  () => {
    const held = new Map<string, { readonly device: string; readonly bytes: bigint }>();
    const one = defect((device) =>
      [...held.values()]
        .filter((each) => each.device === device)
        .reduce((sum, { bytes }) => sum + bytes, 0n),
    );
    return {
      ...one,
      reply: (message, request, link) => {
        const { device, sizeBytes, allocation } = request?.params ?? {};
        if (request?.method === 'driver.memory.allocate' && message.result) {
          held.set(message.result.allocation, { device, bytes: BigInt(sizeBytes) });
        }
        if (request?.method === 'driver.memory.free' && message.result) held.delete(allocation);
        if (one.reply) one.reply(message, request, link);
        else link.toSession(message);
      },
    };
  };

export const deviceEdgeMutants: readonly Mutant[] = [
  {
    id: 'DRV-DEV-002/by-what-is-free',
    title: 'lists first the device that has most memory left',
    requirement: 'DRV-DEV-002',
    breaks: 'DRV-DEV-002/order',
    defect: () =>
      knowingTaken((taken) => ({
        reply: (message, request, link) => {
          if (request?.method === LIST && message.result) {
            message.result.devices.sort((one: { device: string }, other: { device: string }) =>
              Number(taken(one.device) - taken(other.device)),
            );
          }
          link.toSession(message);
        },
      })),
  },
  {
    id: 'DRV-DEV-003/what-is-left',
    title: 'describes as the largest allocation what is left of it',
    requirement: 'DRV-DEV-003',
    breaks: 'DRV-DEV-003/alike',
    defect: () =>
      knowingTaken((taken) => ({
        reply: (message, request, link) => {
          if (request?.method === GET && message.result) {
            const { device, memory } = message.result;
            memory.maxAllocationBytes = String(BigInt(memory.maxAllocationBytes) - taken(device));
          }
          link.toSession(message);
        },
      })),
  },
  firstDevice('stream', 'driver.stream.create', 'device'),
  firstDevice('event', 'driver.event.create', 'device'),
  firstDevice('host-event', 'driver.event.host.create', 'device'),
  firstDevice('timing', 'driver.event.timing.create', 'device'),
  firstDevice('module', 'driver.module.load', 'device'),
  firstDevice('telemetry', 'driver.telemetry.read', 'device'),
  firstDevice('managed', 'driver.memory.managed.allocate', 'device'),
  firstDevice('virtual', 'driver.memory.virtual.reserve', 'device'),
  firstDevice('peer', 'driver.peer.query', 'peer'),
  {
    id: 'DRV-DEV-005/first-alone',
    title: 'serves the first of the devices that it was initialized with',
    requirement: 'DRV-DEV-005',
    breaks: 'DRV-DEV-005/all-listed',
    defect: knowingDevices(
      (known) => () =>
        alterRequest('system.initialize', (params) =>
          params.visibleDevices?.every((one: string) => known.has(one))
            ? { ...params, visibleDevices: params.visibleDevices.slice(0, 1) }
            : params,
        ),
    ),
  },
  {
    id: 'DRV-DEV-005/last-checked',
    title: 'looks whether the last of visibleDevices is there, and drops others that are not',
    requirement: 'DRV-DEV-005',
    breaks: 'DRV-DEV-005/unknown',
    defect: knowingDevices(
      (known) => () =>
        alterRequest('system.initialize', (params) => {
          const { visibleDevices = [] } = params;
          return known.has(visibleDevices.at(-1))
            ? { ...params, visibleDevices: visibleDevices.filter((one: string) => known.has(one)) }
            : params;
        }),
    ),
  },
  foreign('stream-query', 'driver.stream.query', { state: 'complete' }),
  foreign('stream-wait', 'driver.stream.synchronize', { state: 'complete' }),
  foreign('stream-write', 'driver.stream.write'),
  foreign('stream-destroy', 'driver.stream.destroy'),
  foreign('event-query', 'driver.event.query', { state: 'complete' }),
  foreign('event-record', 'driver.event.record'),
  foreign('event-signal', 'driver.event.host.signal'),
  {
    id: 'DRV-DEV-007/signals-and-refuses',
    title: 'refuses to signal another session’s host event, and has done it',
    requirement: 'DRV-DEV-007',
    breaks: 'DRV-DEV-007/goes-on',
    defect: () => {
      const signals = new Map<unknown, () => Promise<unknown>>();
      const SIGNAL = 'driver.event.host.signal';
      return () => ({
        reply: (message, request, link) => {
          const { event } = message.result ?? {};
          if (event !== undefined) signals.set(event, () => link.call(SIGNAL, { event }));
          const refused = request?.method === SIGNAL && message.error;
          const signal = refused && signals.get(request.params.event);
          if (signal) void signal().then(() => link.toSession(message));
          else link.toSession(message);
        },
      });
    },
  },
];
