// Known-bad drivers: what they list, in which order, and to whom (DRV-DEV-002, -003 and -005).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterError, alterResult, errorReply } from '../../defects.ts';
import { knowingDevices } from './known.ts';

const LIST = 'driver.device.list';
const GET = 'driver.device.get';

/** Alters what a device is said to be, in the list and alone. */
// biome-ignore lint/suspicious/noExplicitAny: a defect reaches into results of every shape
export const alterDevice = (alter: (device: any) => object): Defect => {
  const list = alterResult(LIST, ({ devices }) => ({ devices: devices.map(alter) }));
  const get = alterResult(GET, alter);
  return {
    reply: (message, request, link) =>
      (request?.method === LIST ? list : get).reply?.(message, request, link),
  };
};

/** As above, of what is said of a device's memory. */
export const alterMemory = (members: object): Defect =>
  alterDevice((device) => ({ ...device, memory: { ...device.memory, ...members } }));

/** Never tells the driver what is visible, and hides the rest itself - but for what `leaks` names. */
const hidesButFor = (leaks: readonly string[]) => () => (): Defect => {
  let visible: string[] | undefined;
  const hides = (method: string | undefined): boolean =>
    visible !== undefined && method !== undefined && !leaks.includes(method);
  return {
    request: (message, link) => {
      if (message.method === 'system.initialize') {
        const { visibleDevices, ...params } = message.params;
        visible = visibleDevices;
        link.toEndpoint({ ...message, params });
        return;
      }
      const named = message.params?.device;
      if (named !== undefined && hides(message.method) && !visible?.includes(named)) {
        link.toSession(errorReply(message.id, 2001, 'NOT_FOUND', 'DEVICE'));
      } else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (request?.method !== LIST || !message.result || !hides(LIST)) {
        link.toSession(message);
        return;
      }
      const devices = message.result.devices.filter((one: { device: string }) =>
        visible?.includes(one.device),
      );
      link.toSession({ ...message, result: { devices } });
    },
  };
};

const HIDDEN: Mutant[] = (
  [
    ['listed', LIST],
    ['get', GET],
    ['allocate', 'driver.memory.allocate'],
    ['info', 'driver.memory.info'],
  ] as const
).map(([name, method]) => ({
  id: `DRV-DEV-005/${name}-leaks`,
  title: `serves a hidden device in ${method}`,
  requirement: 'DRV-DEV-005',
  breaks: `DRV-DEV-005/${name}`,
  defect: hidesButFor([method]),
}));

/** Drops the devices that are not there from system.initialize. */
const dropUnknown = (message: Message, known: ReadonlySet<string>): Message => {
  const visible = message.params?.visibleDevices?.filter((id: string) => known.has(id));
  if (!visible) return message;
  const { visibleDevices: _, ...params } = message.params;
  return {
    ...message,
    params: visible.length > 0 ? { ...params, visibleDevices: visible } : params,
  };
};

const DISAGREEMENTS: [string, string, Defect][] = [
  [
    'granule',
    'has granules above its largest allocation',
    alterMemory({ granularityBytes: '134217729' }),
  ],
  ['largest', 'allocates more than it has', alterMemory({ maxAllocationBytes: '1073741825' })],
  ['no-bytes', 'computes with f32 alone', alterDevice((one) => ({ ...one, dataTypes: ['f32'] }))],
  [
    'type-twice',
    'has a data type twice',
    alterDevice((one) => ({ ...one, dataTypes: [...one.dataTypes, 'u8'] })),
  ],
  [
    'format-twice',
    'has a program format twice',
    alterDevice((one) => ({ ...one, programFormats: ['spirv-1.0', 'spirv-1.0'] })),
  ],
  [
    'pattern-twice',
    'has a fill pattern length twice',
    alterMemory({ fillPatternBytes: [1, 4, 4] }),
  ],
];

export const visibleMutants: readonly Mutant[] = [
  {
    id: 'DRV-DEV-002/turns',
    title: 'lists its devices the other way round every second time',
    requirement: 'DRV-DEV-002',
    breaks: 'DRV-DEV-002/order',
    defect: () => () => {
      let lists = 0;
      return alterResult(LIST, ({ devices }) => {
        lists += 1;
        return { devices: lists % 2 === 0 ? devices.reverse() : devices };
      });
    },
  },
  {
    id: 'DRV-DEV-002/turns-by-session',
    title: 'lists its devices the other way round in every second session',
    requirement: 'DRV-DEV-002',
    breaks: 'DRV-DEV-002/order',
    defect: () => {
      let sessions = 0;
      return () => {
        sessions += 1;
        const turned = sessions % 2 === 0;
        return alterResult(LIST, ({ devices }) => ({
          devices: turned ? devices.reverse() : devices,
        }));
      };
    },
  },
  {
    id: 'DRV-DEV-002/as-asked',
    title: 'lists the visible devices in the order in which they were asked for',
    requirement: 'DRV-DEV-002',
    breaks: 'DRV-DEV-002/visible',
    defect: () => () => {
      let visible: string[] = [];
      return {
        request: (message, link) => {
          visible = message.params?.visibleDevices ?? visible;
          link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          if (request?.method === LIST) {
            const place = ({ device }: { device: string }): number => visible.indexOf(device);
            message.result?.devices.sort(
              (one: { device: string }, other: { device: string }) => place(one) - place(other),
            );
          }
          link.toSession(message);
        },
      };
    },
  },
  ...DISAGREEMENTS.map(
    ([name, title, defect]): Mutant => ({
      id: `DRV-DEV-003/${name}`,
      title,
      requirement: 'DRV-DEV-003',
      breaks: 'DRV-DEV-003/agrees',
      defect: () => () => defect,
    }),
  ),
  {
    id: 'DRV-DEV-003/other-session',
    title: 'says in each session that another driver is installed',
    requirement: 'DRV-DEV-003',
    breaks: 'DRV-DEV-003/alike',
    defect: () => {
      let sessions = 0;
      return () => {
        sessions += 1;
        const driverVersion = `1.${sessions}`;
        return alterDevice((device) => ({ ...device, driverVersion }));
      };
    },
  },
  ...HIDDEN,
  {
    id: 'DRV-DEV-005/refuses',
    title: 'refuses to be initialized with visibleDevices',
    requirement: 'DRV-DEV-005',
    breaks: 'DRV-DEV-005/initialized',
    defect: () => () => ({
      request: (message, link) =>
        message.params?.visibleDevices
          ? link.toSession(errorReply(message.id, -32602, 'INVALID_ARGUMENT', 'FIELD'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-DEV-005/unknown-dropped',
    title: 'leaves out of visibleDevices what is not there',
    requirement: 'DRV-DEV-005',
    breaks: 'DRV-DEV-005/unknown',
    defect: knowingDevices((known) => () => ({
      request: (message, link) => link.toEndpoint(dropUnknown(message, known)),
    })),
  },
  {
    id: 'DRV-DEV-005/unknown-otherwise',
    title: 'refuses a device that is not there as an invalid argument',
    requirement: 'DRV-DEV-005',
    breaks: 'DRV-DEV-005/unknown',
    defect: () => () =>
      alterError(
        (_data, request) => request?.method === 'system.initialize',
        ({ data }) => {
          data['canonical'] = 'INVALID_ARGUMENT';
        },
      ),
  },
  {
    id: 'DRV-DEV-005/spent',
    title: 'cannot be initialized after it refused to be',
    requirement: 'DRV-DEV-005',
    breaks: 'DRV-DEV-005/still-new',
    defect: knowingDevices((known) => () => {
      let refused = false;
      return {
        request: (message, link) =>
          refused &&
          message.method === 'system.initialize' &&
          (message.params.visibleDevices ?? []).every((id: string) => known.has(id))
            ? link.toSession(
                errorReply(message.id, -32600, 'FAILED_PRECONDITION', 'ALREADY_INITIALIZED'),
              )
            : link.toEndpoint(message),
        reply: (message, _request, link) => {
          refused ||= message.error !== undefined;
          link.toSession(message);
        },
      };
    }),
  },
];
