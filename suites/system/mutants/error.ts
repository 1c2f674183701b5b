// Known-bad endpoints of SYS-ERR-001 and -005: errors of a wrong form, and faults in a wrong order.
import type { Mutant } from '../../../core/mutant.ts';
import { isMethod } from '../../../schemas/validate-request.ts';
import { admitRefused, alterError, alterReply, errorReply } from '../../defects.ts';

const noMember = (member: string): Mutant => ({
  id: `SYS-ERR-001/no-${member.toLowerCase()}`,
  title: `its errors have no ${member}`,
  requirement: 'SYS-ERR-001',
  breaks: 'SYS-ERR-001/fields',
  traffic: ['SYS-CAP-002/canary'],
  defect: () => () =>
    alterError(
      () => true,
      ({ data }) => {
        delete data[member];
      },
    ),
});

/** Answers a faulty line with another code. */
const otherCode = (from: number, to: number) => () => () =>
  alterReply((reply) => {
    if (reply.error?.code === from) reply.error.code = to;
    return reply;
  });

export const errorMutants: readonly Mutant[] = [
  ...['canonical', 'reason', 'origin', 'retryable', 'layer'].map(noMember),
  {
    id: 'SYS-ERR-001/no-data',
    title: 'its protocol errors have no data',
    requirement: 'SYS-ERR-001',
    breaks: 'SYS-ERR-001/fields',
    traffic: ['SYS-ERR-005/parse'],
    defect: () => () =>
      alterReply((reply) => {
        if (reply.error?.code === -32700) delete reply.error.data;
        return reply;
      }),
  },
  {
    id: 'SYS-ERR-001/own-canonical',
    title: 'its errors have a canonical that is none of the 16',
    requirement: 'SYS-ERR-001',
    breaks: 'SYS-ERR-001/fields',
    traffic: ['SYS-CAP-002/canary'],
    defect: () => () =>
      alterError(
        () => true,
        ({ data }) => {
          data['canonical'] = 'BAD_THING';
        },
      ),
  },
  {
    id: 'SYS-ERR-005/parse-as-envelope',
    title: 'answers a line that is not JSON as a bad envelope',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/parse',
    defect: otherCode(-32700, -32600),
  },
  {
    id: 'SYS-ERR-005/dies-of-garbage',
    title: 'dies of a line that is not JSON',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/parse',
    defect: () => () => ({
      reply: (message, _request, link) =>
        message.error?.code === -32700 ? link.kill() : link.toSession(message),
    }),
  },
  {
    id: 'SYS-ERR-005/deaf-after-garbage',
    title: 'answers nothing but errors once a line was not JSON',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/parse-usable',
    defect: () => () => {
      let confused = false;
      return {
        reply: (message, _request, link) => {
          confused ||= message.error?.code === -32700;
          link.toSession(
            confused && message.result
              ? errorReply(message.id, -32603, 'INTERNAL', 'INTERNAL')
              : message,
          );
        },
      };
    },
  },
  {
    id: 'SYS-ERR-005/envelope-as-schema',
    title: 'answers a bad envelope as bad parameters',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/envelope',
    defect: otherCode(-32600, -32602),
  },
  {
    id: 'SYS-ERR-005/no-echo',
    title: 'answers every bad envelope with id null',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/envelope',
    defect: () => () =>
      alterReply((reply) => (reply.error?.code === -32600 ? { ...reply, id: null } : reply)),
  },
  {
    id: 'SYS-ERR-005/deaf-after-envelope',
    title: 'answers nothing but errors once an envelope was bad',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/envelope-usable',
    defect: () => () => {
      let confused = false;
      return alterReply((reply) => {
        confused ||= reply.error?.code === -32600;
        return confused && reply.result
          ? errorReply(reply.id, -32603, 'INTERNAL', 'INTERNAL')
          : reply;
      });
    },
  },
  {
    id: 'SYS-ERR-005/notification-answered',
    title: 'answers a notification with an error',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/silent',
    defect: () => () => ({
      request: (message, link) => {
        if (!('id' in message))
          link.toSession(errorReply(null, -32600, 'INVALID_ARGUMENT', 'ENVELOPE'));
        else link.toEndpoint(message);
      },
    }),
  },
  {
    id: 'SYS-ERR-005/confused-by-notification',
    title: 'refuses the request after a notification',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/next',
    defect: () => () => {
      let confused = false;
      return {
        request: (message, link) => {
          if (confused && 'id' in message) {
            link.toSession(errorReply(message.id, -32603, 'INTERNAL', 'INTERNAL'));
          } else link.toEndpoint(message);
          confused = !('id' in message);
        },
      };
    },
  },
  {
    id: 'SYS-ERR-005/notification-obeyed',
    title: 'shuts down when a notification says so',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/next',
    defect: () => () => ({
      request: (message, link) => {
        if ('id' in message || message.method !== 'system.shutdown') link.toEndpoint(message);
        else void link.call('system.shutdown', {});
      },
    }),
  },
  {
    id: 'SYS-ERR-005/lenient',
    title: 'ignores unknown members of params',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema',
    shows: 'SYS-ERR-005/schema-system',
    defect: () => () =>
      admitRefused(
        (data, request) => data['reason'] === 'FIELD' && request?.method === 'system.ping',
      ),
  },
  {
    id: 'SYS-ERR-005/schema-as-internal',
    title: 'answers bad parameters of one method with INTERNAL',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema',
    defect: () => () =>
      alterError(
        (data, request) => data['reason'] === 'FIELD' && request?.method === 'driver.memory.copy',
        (error) => {
          error.code = -32603;
          error.data['canonical'] = 'INTERNAL';
        },
      ),
  },
  {
    id: 'SYS-ERR-005/wraps-at-64-bits',
    title: 'takes 2^64 for a size, as an interface does in which it is 0',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          data['reason'] === 'FIELD' && request?.params?.sizeBytes === String(2n ** 64n),
        { allocation: 'allocation_0000000000000000' },
      ),
  },
  {
    id: 'SYS-ERR-005/lenient-in-the-depth',
    title: 'looks at the members of params, and not at what is in them',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema',
    defect: () => () =>
      admitRefused(
        (data, request) =>
          data['reason'] === 'FIELD' && request?.params?.source?.offsetBytes === String(2n ** 64n),
      ),
  },
  {
    id: 'SYS-ERR-005/signed-integers',
    title: 'refuses offsets that do not fit 63 bits',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/admitted',
    defect: () => () => ({
      request: (message, link) => {
        if (message.params?.offsetBytes !== String(2n ** 64n - 1n)) link.toEndpoint(message);
        else link.toSession(errorReply(message.id, -32602, 'INVALID_ARGUMENT', 'FIELD'));
      },
    }),
  },
  {
    id: 'SYS-ERR-005/begins-all-the-same',
    title: 'begins the session with an initialize that it refuses',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema',
    defect: () => () => ({
      reply: (message, request, link) => {
        const refused = message.error?.data?.reason === 'FIELD';
        if (!refused || request?.method !== 'system.initialize') link.toSession(message);
        else {
          const client = { name: 'mutant', version: '1' };
          void link
            .call('system.initialize', { protocolVersions: ['1.0'], client })
            .then(() => link.toSession(message));
        }
      },
    }),
  },
  {
    id: 'SYS-ERR-005/ends-all-the-same',
    title: 'ends the session with a shutdown that it refuses',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema',
    shows: 'SYS-ERR-005/schema-shutdown',
    defect: () => () => ({
      reply: (message, request, link) => {
        const refused = message.error?.data?.reason === 'FIELD';
        if (!refused || request?.method !== 'system.shutdown') link.toSession(message);
        else void link.call('system.shutdown', {}).then(() => link.toSession(message));
      },
    }),
  },
  {
    id: 'SYS-ERR-005/state-first',
    title: 'checks the session before the method',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/method-before-state',
    defect: () => () => {
      let ready = false;
      return alterReply((reply, request) => {
        ready ||= request?.method === 'system.initialize' && reply.result !== undefined;
        return !ready && reply.error?.data.reason === 'METHOD'
          ? errorReply(reply.id, 1002, 'FAILED_PRECONDITION', 'NOT_INITIALIZED')
          : reply;
      });
    },
  },
  {
    id: 'SYS-ERR-005/schema-before-state',
    title: 'checks the parameters before the session',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/state-before-schema',
    defect: () => () =>
      alterReply((reply, request) =>
        reply.error?.data.reason === 'NOT_INITIALIZED' && request?.params?.unknown !== undefined
          ? errorReply(reply.id, -32602, 'INVALID_ARGUMENT', 'FIELD')
          : reply,
      ),
  },
  {
    id: 'SYS-ERR-005/schema-before-method',
    title: 'checks the parameters before the method',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/method-before-schema',
    defect: () => () =>
      alterReply((reply, request) =>
        reply.error?.data.reason === 'METHOD' && Array.isArray(request?.params)
          ? errorReply(reply.id, -32602, 'INVALID_ARGUMENT', 'FIELD')
          : reply,
      ),
  },
  {
    id: 'SYS-ERR-005/handle-before-schema',
    title: 'looks the handle up before it checks the parameters',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/schema-before-handle',
    defect: () => () => {
      const freed = new Set<unknown>();
      return alterReply((reply, request) => {
        if (request?.method === 'driver.memory.free') freed.add(request.params.allocation);
        return reply.error?.data.reason === 'FIELD' && freed.has(request?.params?.allocation)
          ? errorReply(reply.id, 2002, 'NOT_FOUND', 'HANDLE_INVALID')
          : reply;
      });
    },
  },
  {
    id: 'SYS-ERR-005/range-before-handle',
    title: 'checks the range before the handle',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/handle-before-range',
    defect: () => () =>
      alterReply((reply, request) =>
        reply.error?.data.reason === 'HANDLE_INVALID' && request?.params?.offsetBytes === '4096'
          ? errorReply(reply.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE')
          : reply,
      ),
  },
  {
    id: 'SYS-ERR-005/source-range-first',
    title: 'checks the range of a copy’s source before it looks its destination up',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/handle-before-range',
    defect: () => () =>
      alterReply((reply, request) =>
        reply.error?.data.reason === 'HANDLE_INVALID' &&
        request?.params?.source?.offsetBytes === '4096'
          ? errorReply(reply.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE')
          : reply,
      ),
  },
  {
    id: 'SYS-ERR-005/method-before-envelope',
    title: 'checks the method before the version of the envelope',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/envelope',
    defect: () => () => ({
      request: (message, link) => {
        const unknown = typeof message.method === 'string' && !isMethod(message.method);
        link.toEndpoint(unknown && 'id' in message ? { ...message, jsonrpc: '2.0' } : message);
      },
    }),
  },
  {
    id: 'SYS-ERR-005/notification-frees',
    title: 'frees an allocation when a notification says so',
    requirement: 'SYS-ERR-005',
    breaks: 'SYS-ERR-005/next',
    defect: () => () => ({
      request: (message, link) => {
        const { method } = message;
        if (method === 'driver.memory.free' && !('id' in message)) {
          void link.call(method, message.params);
        } else link.toEndpoint(message);
      },
    }),
  },
];
