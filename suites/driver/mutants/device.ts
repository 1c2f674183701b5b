// Known-bad drivers: what they say of their devices.
import type { Mutant } from '../../../core/mutant.ts';
import { alterError, alterRequest, alterResult, errorReply } from '../../defects.ts';
import { knowingDevices } from './known.ts';

export const deviceMutants: readonly Mutant[] = [
  {
    id: 'DRV-DEV-001/none',
    title: 'lists no device',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/listed',
    defect: () => () => alterResult('driver.device.list', () => ({ devices: [] })),
  },
  {
    id: 'DRV-DEV-001/same-id',
    title: 'gives every device the id of the first',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/unique',
    defect: () => () =>
      alterResult('driver.device.list', ({ devices }) => ({
        devices: devices.map((one: object) => ({ ...one, device: devices[0].device })),
      })),
  },
  {
    id: 'DRV-DEV-001/new-ids',
    title: 'gives other ids in each session',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/stable',
    defect: () => {
      let sessions = 0;
      return () => {
        sessions += 1;
        const own = sessions;
        return alterResult('driver.device.list', ({ devices }) => ({
          devices: devices.map((one: { device: string }) => ({
            ...one,
            device: `${one.device}-${own}`,
          })),
        }));
      };
    },
  },
  {
    id: 'DRV-DEV-001/lost-later',
    title: 'loses a device in the third session',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/stable',
    defect: () => {
      let lists = 0;
      return () =>
        alterResult('driver.device.list', ({ devices }) => {
          lists += 1;
          return { devices: lists % 3 === 0 ? devices.slice(1) : devices };
        });
    },
  },
  {
    id: 'DRV-DEV-001/described-otherwise',
    title: 'describes a device otherwise than the list does',
    requirement: 'DRV-DEV-001',
    breaks: 'DRV-DEV-001/described',
    defect: () => () =>
      alterResult('driver.device.get', (result) => ({
        ...result,
        memory: { ...result.memory, totalBytes: '1' },
      })),
  },
  ...(
    [
      ['get', 'driver.device.get'],
      ['allocate', 'driver.memory.allocate'],
      ['info', 'driver.memory.info'],
    ] as const
  ).map(
    ([name, method]): Mutant => ({
      id: `DRV-DEV-004/first-device-${name}`,
      title: `takes an unknown id in ${method} for the first device`,
      requirement: 'DRV-DEV-004',
      breaks: `DRV-DEV-004/${name}`,
      defect: knowingDevices(
        (known) => () =>
          alterRequest(method, (params) => {
            const [first = params.device] = known;
            return known.has(params.device) ? params : { ...params, device: first };
          }),
      ),
    }),
  ),
  {
    id: 'DRV-DEV-004/other-reason',
    title: 'refuses an unknown id as an invalid argument',
    requirement: 'DRV-DEV-004',
    breaks: 'DRV-DEV-004/get',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'DEVICE',
        ({ data }) => {
          data['canonical'] = 'INVALID_ARGUMENT';
        },
      ),
  },
  {
    id: 'DRV-DEV-006/other-total',
    title: 'reports another total than the device’s description',
    requirement: 'DRV-DEV-006',
    breaks: 'DRV-DEV-006/total',
    defect: () => () =>
      alterResult('driver.memory.info', (result) => ({
        ...result,
        totalBytes: String(BigInt(result.totalBytes) * 2n),
      })),
  },
  {
    id: 'DRV-DEV-006/free-above-total',
    title: 'reports more free than there is',
    requirement: 'DRV-DEV-006',
    breaks: 'DRV-DEV-006/free',
    defect: () => () =>
      alterResult('driver.memory.info', (result) => ({
        ...result,
        freeBytes: String(BigInt(result.totalBytes) + 1n),
      })),
  },
  {
    id: 'DRV-DEV-006/not-to-be-had',
    title: 'refuses a quarter of its largest allocation although all is free',
    requirement: 'DRV-DEV-006',
    breaks: 'DRV-DEV-006/quarter',
    defect: () => () => ({
      request: (message, link) =>
        message.method === 'driver.memory.allocate' && BigInt(message.params.sizeBytes) >= 2n ** 25n
          ? link.toSession(errorReply(message.id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY'))
          : link.toEndpoint(message),
    }),
  },
];
