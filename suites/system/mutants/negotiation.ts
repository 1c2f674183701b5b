// Known-bad endpoints of SYS-NEG: sessions that begin, refuse or end wrong.
import type { Message, Mutant } from '../../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterReply,
  alterRequest,
  alterResult,
  errorReply,
} from '../../defects.ts';

export const negotiationMutants: readonly Mutant[] = [
  {
    id: 'SYS-NEG-001/first-offer',
    title: 'selects the first revision that is offered',
    requirement: 'SYS-NEG-001',
    breaks: 'SYS-NEG-001/selected',
    defect: () => () =>
      alterResult('system.initialize', (result, request) => ({
        ...result,
        protocolVersion: request.params.protocolVersions[0],
      })),
  },
  {
    id: 'SYS-NEG-001/stranger-refused',
    title: 'refuses an offer that holds a revision that it does not know',
    requirement: 'SYS-NEG-001',
    breaks: 'SYS-NEG-001/selected',
    defect: () => () =>
      alterRequest('system.initialize', (params) =>
        params.protocolVersions.some((one: string) => one !== '1.0')
          ? { ...params, protocolVersions: ['9.9'] }
          : params,
      ),
  },
  {
    id: 'SYS-NEG-002/any-version',
    title: 'accepts whatever is offered',
    requirement: 'SYS-NEG-002',
    breaks: 'SYS-NEG-002/refused',
    defect: () => () =>
      alterRequest('system.initialize', (params) => ({ ...params, protocolVersions: ['1.0'] })),
  },
  {
    id: 'SYS-NEG-002/not-listed',
    title: 'refuses without saying what it speaks',
    requirement: 'SYS-NEG-002',
    breaks: 'SYS-NEG-002/listed',
    defect: () => () =>
      alterError(
        () => true,
        ({ data }) => {
          delete data['supportedVersions'];
        },
      ),
  },
  {
    id: 'SYS-NEG-002/internal',
    title: 'refuses with INTERNAL',
    requirement: 'SYS-NEG-002',
    breaks: 'SYS-NEG-002/refused',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'UNSUPPORTED_VERSION',
        (error) => {
          error.data['canonical'] = 'INTERNAL';
        },
      ),
  },
  {
    id: 'SYS-NEG-002/closed-for-good',
    title: 'ends the session with the refusal',
    requirement: 'SYS-NEG-002',
    breaks: 'SYS-NEG-002/still-new',
    defect: () => () => {
      let refused = false;
      return {
        request: (message, link) =>
          refused
            ? link.toSession(errorReply(message.id, 1002, 'FAILED_PRECONDITION', 'NOT_INITIALIZED'))
            : link.toEndpoint(message),
        reply: (message, _request, link) => {
          refused ||= message.error?.data.reason === 'UNSUPPORTED_VERSION';
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'SYS-NEG-003/served-cold',
    title: 'serves before it is initialized',
    requirement: 'SYS-NEG-003',
    breaks: 'SYS-NEG-003/before',
    defect: () => () => admitRefused((data) => data['reason'] === 'NOT_INITIALIZED'),
  },
  {
    id: 'SYS-NEG-003/one-method-cold',
    title: 'lists devices before it is initialized',
    requirement: 'SYS-NEG-003',
    breaks: 'SYS-NEG-003/before',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          data['reason'] === 'NOT_INITIALIZED' && request?.method === 'driver.device.list',
        { devices: [] },
      ),
  },
  {
    id: 'SYS-NEG-003/served-after',
    title: 'answers pings after it was shut down',
    requirement: 'SYS-NEG-003',
    breaks: 'SYS-NEG-003/after',
    defect: () => () => {
      let closed = false;
      return alterReply((reply, request) => {
        closed ||= request?.method === 'system.shutdown' && reply.result !== undefined;
        return closed && request?.method === 'system.ping'
          ? { jsonrpc: '2.0', id: reply.id, result: {} }
          : reply;
      });
    },
  },
  {
    id: 'SYS-NEG-003/shutdown-fails',
    title: 'refuses to be shut down',
    requirement: 'SYS-NEG-003',
    breaks: 'SYS-NEG-003/shutdown',
    defect: () => () => ({
      request: (message, link) =>
        message.method === 'system.shutdown'
          ? link.toSession(errorReply(message.id, -32603, 'INTERNAL', 'INTERNAL'))
          : link.toEndpoint(message),
    }),
  },
  {
    id: 'SYS-NEG-004/twice',
    title: 'initializes a second time',
    requirement: 'SYS-NEG-004',
    breaks: 'SYS-NEG-004/refused',
    defect: () => () => {
      let first: Message | undefined;
      return alterReply((reply, request) => {
        if (request?.method !== 'system.initialize') return reply;
        if (reply.result !== undefined) first = reply;
        const again = reply.error?.data.reason === 'ALREADY_INITIALIZED';
        return first && again ? { ...first, id: reply.id } : reply;
      });
    },
  },
  {
    id: 'SYS-NEG-004/reset',
    title: 'refuses the second initialize and is not ready any more',
    requirement: 'SYS-NEG-004',
    breaks: 'SYS-NEG-004/usable',
    defect: () => () => {
      let reset = false;
      return {
        request: (message, link) =>
          reset
            ? link.toSession(errorReply(message.id, 1002, 'FAILED_PRECONDITION', 'NOT_INITIALIZED'))
            : link.toEndpoint(message),
        reply: (message, _request, link) => {
          reset ||= message.error?.data.reason === 'ALREADY_INITIALIZED';
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'SYS-NEG-001/last-not-known',
    title: 'refuses an offer that begins with a revision below all that it speaks',
    requirement: 'SYS-NEG-001',
    breaks: 'SYS-NEG-001/selected',
    defect: () => () =>
      alterRequest('system.initialize', (params) =>
        params.protocolVersions[0].startsWith('0.')
          ? { ...params, protocolVersions: params.protocolVersions.slice(0, 1) }
          : params,
      ),
  },
  {
    id: 'SYS-NEG-002/major-alone',
    title: 'takes any revision of its major number for its own',
    requirement: 'SYS-NEG-002',
    breaks: 'SYS-NEG-002/refused',
    defect: () => () =>
      alterRequest('system.initialize', (params) => ({
        ...params,
        protocolVersions: params.protocolVersions.map((one: string) =>
          one.startsWith('1.') ? '1.0' : one,
        ),
      })),
  },
  {
    id: 'SYS-NEG-004/handles-lost',
    title: 'refuses the second initialize, stays ready, and has dropped what the session held',
    requirement: 'SYS-NEG-004',
    breaks: 'SYS-NEG-004/usable',
    defect: () => () => {
      const held = new Set<unknown>();
      return {
        reply: (message, _request, link) => {
          const { allocation } = message.result ?? {};
          if (allocation !== undefined) held.add(allocation);
          if (message.error?.data.reason !== 'ALREADY_INITIALIZED') {
            link.toSession(message);
            return;
          }
          const freed = [...held].map((one) =>
            link.call('driver.memory.free', { allocation: one }),
          );
          void Promise.all(freed).then(() => link.toSession(message));
        },
      };
    },
  },
];
