// Known-bad drivers: what they copy between devices, and with whose leave (DRV-P2P-001, -002 and -003).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterRequest,
  alterResult,
  answer,
  answersItself,
  errorReply,
  refuseServed,
} from '../../defects.ts';

const QUERY = 'driver.peer.query';
const ENABLE = 'driver.peer.enable';
const DISABLE = 'driver.peer.disable';
const COPY = 'driver.peer.copy';

const unreachable = (id: unknown): Message =>
  errorReply(id, 2023, 'FAILED_PRECONDITION', 'PEER_UNREACHABLE');

/** Says another word where it would say this one. */
const says = (access: string, instead: string) => (): Defect =>
  alterResult(QUERY, (result) => (result.access === access ? { access: instead } : result));

/** A defect that is told on which device each allocation is. */
const knowingOwners =
  (defect: (owner: (allocation: string) => string | undefined) => Defect): (() => Defect) =>
  () => {
    const owners = new Map<string, string>();
    const one = defect((allocation) => owners.get(allocation));
    return {
      ...one,
      reply: (message, request, link) => {
        if (request?.method === 'driver.memory.allocate' && message.result) {
          owners.set(message.result.allocation, request.params.device);
        }
        if (one.reply) one.reply(message, request, link);
        else link.toSession(message);
      },
    };
  };

export const peerMutants: readonly Mutant[] = [
  {
    id: 'DRV-P2P-001/refuses-query',
    title: 'declares peers and does not say which',
    requirement: 'DRV-P2P-001',
    breaks: 'DRV-P2P-001/query',
    defect: () => () =>
      refuseServed(QUERY, (id) => errorReply(id, 1000, 'INVALID_ARGUMENT', 'UNSPECIFIED')),
  },
  {
    id: 'DRV-P2P-001/says-none',
    title: 'says none of a pair between which it copies',
    requirement: 'DRV-P2P-001',
    breaks: 'DRV-P2P-001/agrees',
    defect: () => says('implicit', 'none'),
  },
  {
    id: 'DRV-P2P-001/says-implicit',
    title: 'says of a pair that it needs no leave, and asks for it',
    requirement: 'DRV-P2P-001',
    breaks: 'DRV-P2P-001/agrees',
    defect: () => says('disabled', 'implicit'),
  },
  {
    id: 'DRV-P2P-001/stays-disabled',
    title: 'says disabled of a pair that was enabled',
    requirement: 'DRV-P2P-001',
    breaks: 'DRV-P2P-001/agrees',
    defect: () => says('enabled', 'disabled'),
  },
  {
    id: 'DRV-P2P-001/enables-nothing',
    title: 'answers that a pair is enabled, and enables it not',
    requirement: 'DRV-P2P-001',
    breaks: 'DRV-P2P-001/agrees',
    defect: () => () => {
      const told = new Set<string>();
      return {
        request: (message, link) => {
          if (message.method === ENABLE) {
            told.add(JSON.stringify(message.params));
            link.toSession(answer(message, {}));
          } else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          const lies = request?.method === QUERY && told.has(JSON.stringify(request.params));
          link.toSession(lies ? answer(message, { access: 'enabled' }) : message);
        },
      };
    },
  },
  {
    id: 'DRV-P2P-001/copies-nothing',
    title: 'says yes to every pair and refuses every copy',
    requirement: 'DRV-P2P-001',
    breaks: 'DRV-P2P-001/agrees',
    defect: () => () => refuseServed(COPY, unreachable),
  },
  {
    id: 'DRV-P2P-002/refuses',
    title: 'refuses copies of odd lengths',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/copied',
    defect: () => () =>
      refuseServed(
        COPY,
        (id) => errorReply(id, 2008, 'INVALID_ARGUMENT', 'UNSPECIFIED'),
        ({ lengthBytes }) => Number(lengthBytes) % 2 === 1,
      ),
  },
  {
    id: 'DRV-P2P-002/lost',
    title: 'answers a copy and does not carry it out',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/exact',
    defect: () => () => answersItself(COPY, {}),
  },
  {
    id: 'DRV-P2P-002/last-byte-lost',
    title: 'copies a byte less',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/exact',
    defect: () => () =>
      alterRequest(COPY, (params) => {
        const length = BigInt(params.lengthBytes);
        return { ...params, lengthBytes: String(length > 1n ? length - 1n : length) };
      }),
  },
  {
    id: 'DRV-P2P-002/single-bytes',
    title: 'does not carry out a copy of a byte',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/exact',
    defect: () => () => ({
      request: (message, link) =>
        message.method === COPY && message.params.lengthBytes === '1'
          ? link.toSession(answer(message, {}))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'DRV-P2P-002/words',
    title: 'copies to where a word begins',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/exact',
    defect: () => () =>
      alterRequest(COPY, ({ destination, ...params }) => {
        const offset = BigInt(destination.offsetBytes);
        const down = String(offset - (offset % 4n));
        return { ...params, destination: { ...destination, offsetBytes: down } };
      }),
  },
  {
    id: 'DRV-P2P-002/one-way',
    title: 'copies from the destination to the source',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/exact',
    defect: () => () =>
      alterRequest(COPY, ({ source, destination, ...params }) => ({
        ...params,
        source: destination,
        destination: source,
      })),
  },
  {
    id: 'DRV-P2P-002/source-spoilt',
    title: 'leaves zeros in the source of what it copied',
    requirement: 'DRV-P2P-002',
    breaks: 'DRV-P2P-002/source',
    defect: () => () => {
      const sources = new Set<string>();
      return {
        request: (message, link) => {
          const { source, allocation } = message.params;
          if (message.method === COPY) sources.add(source.allocation);
          // Only once it is looked at: until then the next copy would take the zeros along.
          if (message.method !== 'driver.memory.digest' || !sources.has(allocation)) {
            link.toEndpoint(message);
            return;
          }
          const data = { base64: Buffer.alloc(16).toString('base64') };
          const write = { allocation, offsetBytes: '0', data };
          void link.call('driver.memory.write', write).then(() => link.toEndpoint(message));
        },
      };
    },
  },
  {
    id: 'DRV-P2P-003/always-enabled',
    title: 'copies between a pair that is disabled',
    requirement: 'DRV-P2P-003',
    breaks: 'DRV-P2P-003/refused',
    defect: () => () => admitRefused((data) => data['reason'] === 'PEER_DISABLED'),
  },
  {
    id: 'DRV-P2P-003/other-reason',
    title: 'says of a pair that is disabled that it cannot be reached',
    requirement: 'DRV-P2P-003',
    breaks: 'DRV-P2P-003/refused',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'PEER_DISABLED',
        ({ data }) => {
          data['reason'] = 'PEER_UNREACHABLE';
        },
      ),
  },
  {
    id: 'DRV-P2P-003/never-disabled',
    title: 'answers that a pair is disabled and leaves it enabled',
    requirement: 'DRV-P2P-003',
    breaks: 'DRV-P2P-003/refused',
    defect: () => () => answersItself(DISABLE, {}),
  },
  {
    id: 'DRV-P2P-003/copied-and-refused',
    title: 'refuses a copy after it was carried out',
    requirement: 'DRV-P2P-003',
    breaks: 'DRV-P2P-003/unchanged',
    defect: () =>
      knowingOwners((owner) => {
        const disabled = new Set<string>();
        return {
          request: (message, link) => {
            const { source, destination } = message.params;
            const pair =
              message.method === COPY
                ? { device: owner(source.allocation), peer: owner(destination.allocation) }
                : {};
            if (!disabled.has(JSON.stringify(pair))) {
              link.toEndpoint(message);
              return;
            }
            void link
              .call(ENABLE, pair)
              .then(() => link.call(COPY, message.params))
              .then(() =>
                link.toSession(
                  errorReply(message.id, 2016, 'FAILED_PRECONDITION', 'PEER_DISABLED'),
                ),
              );
          },
          reply: (message, request, link) => {
            if (request?.method === QUERY && message.result?.access === 'disabled') {
              disabled.add(JSON.stringify(request.params));
            }
            link.toSession(message);
          },
        };
      }),
  },
  {
    id: 'DRV-P2P-003/not-implicit',
    title: 'asks for leave where it said that none is needed',
    requirement: 'DRV-P2P-003',
    breaks: 'DRV-P2P-003/implicit',
    defect: () => () =>
      refuseServed(COPY, (id) => errorReply(id, 2016, 'FAILED_PRECONDITION', 'PEER_DISABLED')),
  },
];
