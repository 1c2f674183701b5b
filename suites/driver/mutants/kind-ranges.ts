// Known-bad drivers: where memory that the host reaches ends (DRV-MEM-009).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { answer, errorReply } from '../../defects.ts';

const HOST_STORE = 'driver.memory.host.write';
const HOST_LOAD = 'driver.memory.host.read';
const STORE = 'driver.memory.managed.store';
const LOAD = 'driver.memory.managed.load';

const SIDE = 1024n;
const PAGE = 4096n;

/** Where the range of a request ends. */
const endOf = ({ params }: Message): bigint =>
  BigInt(params.offsetBytes) +
  BigInt(params.lengthBytes ?? Buffer.byteLength(params.data?.base64 ?? '', 'base64'));

/** What a method answers that did what it was asked. */
const resultOf = ({ method, params }: Message): object =>
  method === HOST_LOAD || method === LOAD
    ? { base64: Buffer.alloc(Number(params.lengthBytes)).toString('base64') }
    : {};

/** Serves one method beyond the end, where `picks` picks the request. */
const serves =
  (method: string, picks: (request: Message) => boolean = () => true) =>
  (): Defect => ({
    reply: (message, request, link) => {
      const beyond = message.error?.data?.reason === 'COPY_RANGE' && request?.method === method;
      link.toSession(beyond && picks(request) ? answer(message, resultOf(request)) : message);
    },
  });

const wraps = (request: Message): boolean => endOf(request) >= 2n ** 64n;

/** Takes memory of one kind to end where its pages do, for what the device writes. */
const endsWithPages = (makes: string) => (): Defect => {
  const paged = new Set<unknown>();
  return {
    reply: (message, request, link) => {
      if (request?.method === makes && message.result) paged.add(message.result.allocation);
      const taken =
        request?.method === 'driver.memory.write' &&
        paged.has(request.params.allocation) &&
        message.error?.data?.reason === 'COPY_RANGE' &&
        endOf(request) <= PAGE;
      link.toSession(taken ? answer(message, {}) : message);
    },
  };
};

/** Refuses a store, and stores its first byte at the end. */
const storesWhatFits = (method: string) => (): Defect => ({
  reply: (message, request, link) => {
    const refused = message.error?.data?.reason === 'COPY_RANGE' && request?.method === method;
    if (!refused) return link.toSession(message);
    const last = { ...request.params, offsetBytes: String(SIDE - 1n), data: { base64: 'WQ==' } };
    void link.call(method, last).then(() => link.toSession(message));
  },
});

/** Refuses what ends exactly at the end, but for all of it. */
const refusesEnd = (method: string) => (): Defect => ({
  request: (message, link) => {
    const { offsetBytes } = message.params ?? {};
    const atEnd = message.method === method && offsetBytes !== '0' && endOf(message) === SIDE;
    if (atEnd) link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'));
    else link.toEndpoint(message);
  },
});

/** The kinds of memory that the host reaches, each with a case of its own. */
type Kind = 'registered' | 'managed';

const mutant = (
  kind: Kind,
  name: string,
  title: string,
  breaks: 'kind' | 'kind-wraps' | 'kind-kept' | 'kind-boundary',
  defect: () => Defect,
): Mutant => ({
  id: `DRV-MEM-009/${kind}-${name}`,
  title,
  requirement: 'DRV-MEM-009',
  breaks: `DRV-MEM-009/${breaks}`,
  shows: `DRV-MEM-009/${kind}`,
  defect: () => defect,
});

/** What is wrong in how the host reaches memory of one kind. */
const ofKind = (kind: Kind, makes: string, store: string, load: string): readonly Mutant[] => [
  mutant(kind, 'stored-beyond', `stores beyond the end of ${kind} memory`, 'kind', serves(store)),
  mutant(kind, 'loaded-beyond', `loads beyond the end of ${kind} memory`, 'kind', serves(load)),
  mutant(
    kind,
    'off-by-one',
    `stores one byte beyond the end of ${kind} memory`,
    'kind',
    serves(store, (request) => endOf(request) === SIDE + 1n),
  ),
  mutant(
    kind,
    'store-wraps',
    `adds offset and length of a store to ${kind} memory in 64 bits`,
    'kind-wraps',
    serves(store, wraps),
  ),
  mutant(
    kind,
    'load-wraps',
    `adds offset and length of a load from ${kind} memory in 64 bits`,
    'kind-wraps',
    serves(load, wraps),
  ),
  mutant(
    kind,
    'ends-with-pages',
    `takes a write to ${kind} memory up to the end of its page`,
    'kind',
    endsWithPages(makes),
  ),
  mutant(
    kind,
    'stores-what-fits',
    `refuses a store to ${kind} memory, and stores what fits`,
    'kind-kept',
    storesWhatFits(store),
  ),
  mutant(
    kind,
    'ends-before',
    `refuses a store that ends at the end of ${kind} memory`,
    'kind-boundary',
    refusesEnd(store),
  ),
];

export const kindRangeMutants: readonly Mutant[] = [
  ...ofKind('registered', 'driver.memory.register', HOST_STORE, HOST_LOAD),
  ...ofKind('managed', 'driver.memory.managed.allocate', STORE, LOAD),
];
