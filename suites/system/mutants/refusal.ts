// Known-bad endpoints of SYS-ERR-002, -003, -004 and -006: refusals that vary, act, or tell nothing.
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { alterError, alterReply } from '../../defects.ts';

type Data = Record<string, unknown>;

/** Alters the error data of a reason from its sixth answer on: what nobody sees who asks once. */
const later = (reason: string, alter: (data: Data) => void) => () => () => {
  let count = 0;
  return alterError(
    (data) => data['reason'] === reason,
    ({ data }) => {
      count += 1;
      if (count > 5) alter(data);
    },
  );
};

const VARYING: Mutant[] = [
  {
    id: 'SYS-ERR-002/tired',
    title: 'refuses an unknown device with another canonical from the sixth time on',
    requirement: 'SYS-ERR-002',
    breaks: 'SYS-ERR-002/same',
    defect: later('DEVICE', (data) => {
      data['canonical'] = 'UNAVAILABLE';
    }),
  },
  {
    id: 'SYS-ERR-002/other-reason',
    title: 'refuses bad parameters with another reason from the sixth time on',
    requirement: 'SYS-ERR-002',
    breaks: 'SYS-ERR-002/same',
    defect: later('FIELD', (data) => {
      data['reason'] = 'UNSPECIFIED';
    }),
  },
  {
    id: 'SYS-ERR-002/after-another',
    title: 'answers a fault by the one that came before it',
    requirement: 'SYS-ERR-002',
    breaks: 'SYS-ERR-002/same',
    defect: () => () => {
      let last: Data | undefined;
      return alterError(
        (data) => data['origin'] !== undefined,
        ({ data }) => {
          const own = { ...data };
          if (last && data['reason'] === 'PARSE') {
            data['canonical'] = last['canonical'];
            data['reason'] = last['reason'];
          }
          last = own;
        },
      );
    },
  },
  {
    id: 'SYS-ERR-002/gives-in',
    title: 'grants a range out of bounds when it is asked often enough',
    requirement: 'SYS-ERR-002',
    breaks: 'SYS-ERR-002/same-memory',
    defect: () => () => {
      let count = 0;
      return alterReply((reply, request) => {
        if (request?.method !== 'driver.memory.write' || !reply.error) return reply;
        if (reply.error.data.reason !== 'COPY_RANGE') return reply;
        count += 1;
        return count > 9 ? { jsonrpc: '2.0', id: reply.id, result: {} } : reply;
      });
    },
  },
  {
    id: 'SYS-ERR-002/handle-forgotten',
    title: 'tells a freed handle from a wrong range at first, and later not any more',
    requirement: 'SYS-ERR-002',
    breaks: 'SYS-ERR-002/same-memory',
    defect: later('HANDLE_INVALID', (data) => {
      data['canonical'] = 'INVALID_ARGUMENT';
      data['reason'] = 'UNSPECIFIED';
    }),
  },
];

/** Does something to the endpoint before a refusal that `picks` picks is seen. */
const acts =
  (
    picks: (reply: Message, request: Message) => boolean,
    act: (request: Message, link: Link) => Promise<unknown>,
  ) =>
  () =>
  (): Defect => ({
    reply: (message, request, link) => {
      if (message.error && request && picks(message, request)) {
        void act(request, link).then(() => link.toSession(message));
      } else link.toSession(message);
    },
  });

const isRefused =
  (method: string, reason: string) =>
  (reply: Message, request: Message): boolean =>
    request.method === method && reply.error.data.reason === reason;

const ACTING: Mutant[] = [
  {
    id: 'SYS-ERR-003/writes-before-it-checks',
    title: 'writes the data of a message that it refuses for a member too many',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/schema',
    defect: acts(
      (reply, request) =>
        isRefused('driver.memory.write', 'FIELD')(reply, request) && 'unknown' in request.params,
      ({ params: { unknown: _, ...params } }, link) => link.call('driver.memory.write', params),
    ),
  },
  {
    id: 'SYS-ERR-003/partial-write',
    title: 'writes what fits of a write past the end, and refuses it then',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/memory',
    defect: acts(
      (reply, request) =>
        isRefused('driver.memory.write', 'COPY_RANGE')(reply, request) &&
        request.params.data.base64 !== undefined,
      ({ params }, link) => {
        const bytes = Buffer.from(params.data.base64, 'base64').subarray(0, 1);
        const data = { base64: bytes.toString('base64') };
        return link.call('driver.memory.write', { ...params, data });
      },
    ),
  },
  {
    id: 'SYS-ERR-003/partial-copy',
    title: 'copies what fits of a copy past the end, and refuses it then',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/memory',
    defect: acts(isRefused('driver.memory.copy', 'COPY_RANGE'), ({ params }, link) =>
      link.call('driver.memory.copy', { ...params, lengthBytes: '1' }),
    ),
  },
  {
    id: 'SYS-ERR-003/acts-first',
    title: 'writes, and checks the parameters after that',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/memory',
    defect: acts(isRefused('driver.memory.write', 'FIELD'), ({ params }, link) => {
      const { unknown: _unknown, ...rest } = params;
      return link.call('driver.memory.write', rest);
    }),
  },
  {
    id: 'SYS-ERR-003/frees-anyway',
    title: 'frees an allocation although it refuses to',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/memory',
    defect: acts(isRefused('driver.memory.free', 'FIELD'), ({ params }, link) =>
      link.call('driver.memory.free', { allocation: params.allocation }),
    ),
  },
  {
    id: 'SYS-ERR-003/allocates-anyway',
    title: 'allocates, refuses, and forgets what it allocated',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/free-memory',
    defect: acts(isRefused('driver.memory.allocate', 'FIELD'), ({ params }, link) =>
      link.call('driver.memory.allocate', { device: params.device, sizeBytes: params.sizeBytes }),
    ),
  },
  {
    id: 'SYS-ERR-003/device-dropped',
    title: 'lists one device less once an unknown one was asked for',
    requirement: 'SYS-ERR-003',
    breaks: 'SYS-ERR-003/devices',
    defect: () => () => {
      let dropped = false;
      return alterReply((reply, request) => {
        dropped ||= reply.error?.data?.reason === 'DEVICE';
        if (dropped && request?.method === 'driver.device.list' && reply.result) {
          reply.result.devices.pop();
        }
        return reply;
      });
    },
  },
];

/** Makes refusals of a reason say nothing. */
const silent = (name: string, reason: string, canonical: string, traffic: string): Mutant => ({
  id: `SYS-ERR-004/${name}`,
  title: `refuses ${reason} with ${canonical}`,
  requirement: 'SYS-ERR-004',
  breaks: 'SYS-ERR-004/telling',
  traffic: [traffic as `SYS-ERR-002/${string}`],
  defect: () => () =>
    alterError(
      (data) => data['reason'] === reason,
      ({ data }) => {
        data['canonical'] = canonical;
      },
    ),
});

/** Does something in a stream that it refuses to do there. */
const actsInStream = (
  name: 'write' | 'copy',
  // biome-ignore lint/suspicious/noExplicitAny: a defect reaches into params of every shape
  less: (params: any) => object,
): Mutant => ({
  id: `SYS-ERR-003/partial-stream-${name}`,
  title: `puts what fits of a ${name} past the end into the stream, and refuses it then`,
  requirement: 'SYS-ERR-003',
  breaks: 'SYS-ERR-003/stream',
  defect: () => () => ({
    reply: (message, request, link) => {
      const method = `driver.stream.${name}`;
      if (request?.method !== method || message.error?.data.reason !== 'COPY_RANGE') {
        link.toSession(message);
        return;
      }
      void link
        .call(method, { ...request.params, ...less(request.params) })
        .then(() => link.toSession(message));
    },
  }),
});

const IN_STREAMS: Mutant[] = [
  actsInStream('write', () => ({ data: { base64: 'AA==' } })),
  actsInStream('copy', () => ({ lengthBytes: '1' })),
];

const SILENT: Mutant[] = [
  silent('internal', 'DEVICE', 'INTERNAL', 'SYS-ERR-002/same'),
  silent('unknown', 'COPY_RANGE', 'UNKNOWN', 'SYS-ERR-002/memory'),
  silent('protocol', 'PARSE', 'INTERNAL', 'SYS-ERR-002/same'),
];

const VENDOR: Mutant[] = [
  {
    id: 'SYS-ERR-006/no-vendor',
    title: 'does not pass on what the vendor calls the fault',
    requirement: 'SYS-ERR-006',
    breaks: 'SYS-ERR-006/vendor',
    traffic: ['SYS-ERR-002/same'],
    defect: () => () =>
      alterError(
        (data) => data['origin'] === 'native',
        ({ data }) => {
          delete data['vendorCode'];
          delete data['vendorName'];
        },
      ),
  },
];

export const refusalMutants: readonly Mutant[] = [
  ...VARYING,
  ...ACTING,
  ...IN_STREAMS,
  ...SILENT,
  ...VENDOR,
];
