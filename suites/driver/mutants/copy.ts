// Known-bad drivers: what their copies copy, and leave (DRV-MEM-008 and -017).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { alterRequest, errorReply } from '../../defects.ts';

export const COPY = 'driver.memory.copy';

export interface Place {
  allocation: string;
  offsetBytes: string;
}
export interface CopyParams {
  source: Place;
  destination: Place;
  lengthBytes: string;
}

export const at = (
  { allocation, offsetBytes }: Place,
  change: (offset: bigint) => bigint,
): Place => ({
  allocation,
  offsetBytes: String(change(BigInt(offsetBytes))),
});

/** Takes copies from their way that `picks` picks. */
export const instead = (
  picks: (params: CopyParams) => boolean,
  act: (message: Message, link: Link) => void,
): Defect => ({
  request: (message, link) =>
    message.method === COPY && picks(message.params)
      ? act(message, link)
      : link.toEndpoint(message),
});

/** Does something of its own once a copy is done, and answers then. */
const afterwards = (act: (params: CopyParams, link: Link) => Promise<unknown>) => () => () =>
  ({
    reply: (message, request, link) => {
      if (request?.method !== COPY || message.error) link.toSession(message);
      else void act(request.params, link).then(() => link.toSession(message));
    },
  }) satisfies Defect;

const zeroAt = ({ allocation, offsetBytes }: Place, link: Link): Promise<Message> =>
  link.call('driver.memory.write', { allocation, offsetBytes, data: { base64: 'AA==' } });

const EXACT: [string, string, (params: CopyParams) => CopyParams][] = [
  [
    'source-rounded',
    'rounds the offset of the source down to four bytes',
    (params) => ({ ...params, source: at(params.source, (offset) => (offset / 4n) * 4n) }),
  ],
  [
    'destination-rounded',
    'rounds the offset of the destination down to two bytes',
    (params) => ({ ...params, destination: at(params.destination, (one) => (one / 2n) * 2n) }),
  ],
  [
    'tail-lost',
    'copies whole words alone',
    (params) => {
      const whole = (BigInt(params.lengthBytes) / 8n) * 8n;
      return { ...params, lengthBytes: String(whole > 0n ? whole : 1n) };
    },
  ],
  [
    'offsets-taken-for-each-other',
    'takes the offset of the source for that of the destination',
    (params) => ({
      ...params,
      destination: { ...params.destination, offsetBytes: params.source.offsetBytes },
    }),
  ],
  [
    'line-less',
    'copies a line less where both sides and the length are whole lines, and not all of it is',
    (params) => {
      const [from, to, length] = [
        BigInt(params.source.offsetBytes),
        BigInt(params.destination.offsetBytes),
        BigInt(params.lengthBytes),
      ];
      const isWhole = [from, to, length].every((one) => one % 16n === 0n);
      return isWhole && from > 0n && length > 16n
        ? { ...params, lengthBytes: String(length - 16n) }
        : params;
    },
  ],
  [
    'large-cut',
    'copies at most 1 MiB less a byte at a time',
    (params) => {
      const length = Number(params.lengthBytes);
      return { ...params, lengthBytes: String(Math.min(length, 2 ** 20 - 1)) };
    },
  ],
  [
    'byte-more',
    'copies a byte more where there is one',
    (params) => {
      const length = BigInt(params.lengthBytes);
      const room =
        BigInt(params.source.offsetBytes) + length < 20_011n &&
        BigInt(params.destination.offsetBytes) + length < 30_011n;
      return room ? { ...params, lengthBytes: String(length + 1n) } : params;
    },
  ],
];

export const copyMutants: readonly Mutant[] = [
  ...EXACT.map(
    ([name, title, alter]): Mutant => ({
      id: `DRV-MEM-008/${name}`,
      title,
      requirement: 'DRV-MEM-008',
      breaks: 'DRV-MEM-008/exact',
      defect: () => () => alterRequest(COPY, alter),
    }),
  ),
  {
    id: 'DRV-MEM-008/not-done',
    title: 'answers a copy and does not carry it out',
    requirement: 'DRV-MEM-008',
    breaks: 'DRV-MEM-008/exact',
    defect: () => () =>
      instead(
        () => true,
        ({ id }, link) => link.toSession({ jsonrpc: '2.0', id, result: {} }),
      ),
  },
  {
    id: 'DRV-MEM-008/odd-refused',
    title: 'refuses a copy of an odd length',
    requirement: 'DRV-MEM-008',
    breaks: 'DRV-MEM-008/copied',
    defect: () => () =>
      instead(
        ({ lengthBytes }) => BigInt(lengthBytes) % 2n === 1n,
        ({ id }, link) => link.toSession(errorReply(id, 1000, 'INVALID_ARGUMENT', 'UNSPECIFIED')),
      ),
  },
  {
    id: 'DRV-MEM-017/moves',
    title: 'clears the first byte of what it copied to another allocation',
    requirement: 'DRV-MEM-017',
    breaks: 'DRV-MEM-017/source',
    defect: afterwards(({ source }, link) => zeroAt(source, link)),
  },
  {
    id: 'DRV-MEM-017/beside',
    title: 'clears the byte before what it copied',
    requirement: 'DRV-MEM-017',
    breaks: 'DRV-MEM-017/source',
    defect: afterwards(({ source }, link) =>
      zeroAt(
        at(source, (offset) => (offset > 0n ? offset - 1n : offset)),
        link,
      ),
    ),
  },
  {
    id: 'DRV-MEM-017/direction',
    title: 'copies from destination to source',
    requirement: 'DRV-MEM-017',
    breaks: 'DRV-MEM-017/source',
    defect: () => () =>
      alterRequest(COPY, ({ source, destination, lengthBytes }) => ({
        source: destination,
        destination: source,
        lengthBytes,
      })),
  },
  {
    id: 'DRV-MEM-017/moves-within',
    title: 'moves within an allocation what it should copy',
    requirement: 'DRV-MEM-017',
    breaks: 'DRV-MEM-017/within',
    defect: afterwards(async ({ source, destination }, link) => {
      if (source.allocation === destination.allocation) await zeroAt(source, link);
    }),
  },
];
