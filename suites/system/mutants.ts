// Known-bad endpoints of the system layer, each with one defect that one of its rows must find.
import type { Message, Mutant } from '../../core/mutant.ts';
import {
  admitRefused,
  alterError,
  alterReply,
  alterRequest,
  alterResult,
  errorReply,
} from '../defects.ts';

const NEGOTIATION: Mutant[] = [
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
        first ??= reply;
        return { ...first, id: reply.id };
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
];

/** Takes one capability out of the declaration. */
const without = (name: string) => (reply: Message, request: Message | undefined) => {
  if (request?.method === 'system.initialize' && reply.result) {
    delete reply.result.capabilities[name];
  }
  return reply;
};

const INFO = 'driver.memory.info';

const CAPABILITY: Mutant[] = [
  {
    id: 'SYS-CAP-002/undeclared-answers',
    title: 'has a method whose capability it does not declare',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/undeclared',
    defect: () => () => alterReply(without(INFO)),
  },
  {
    id: 'SYS-CAP-002/undeclared-internal',
    title: 'answers INTERNAL where a capability is not declared',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/undeclared',
    defect: () => () =>
      alterReply((reply, request) =>
        request?.method === INFO
          ? errorReply(reply.id, -32603, 'INTERNAL', 'INTERNAL')
          : without(INFO)(reply, request),
      ),
  },
  {
    id: 'SYS-CAP-002/undeclared-unknown',
    title: 'says that the standard has no such method where a capability is not declared',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/undeclared',
    defect: () => () =>
      alterReply((reply, request) =>
        request?.method === INFO
          ? errorReply(reply.id, -32601, 'UNIMPLEMENTED', 'METHOD')
          : without(INFO)(reply, request),
      ),
  },
  {
    id: 'SYS-CAP-002/yes-to-all',
    title: 'answers every method that it does not know',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/unknown',
    defect: () => () => admitRefused((data) => data['reason'] === 'METHOD'),
  },
  {
    id: 'SYS-CAP-002/unknown-code',
    title: 'refuses an unknown method with a code of its own',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/unknown',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'METHOD',
        (error) => {
          error.code = 1004;
        },
      ),
  },
];

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

const ERROR: Mutant[] = [
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
        reply.error?.data.reason === 'HANDLE_INVALID' && request?.params?.offsetBytes !== '0'
          ? errorReply(reply.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE')
          : reply,
      ),
  },
];

/** Does something beside each reply to a device list. */
const onList = (act: (reply: Message, print: (line: string) => void) => void) => () => () => ({
  reply: (
    message: Message,
    request: Message | undefined,
    link: { toSession(message: Message): void; print(line: string): void },
  ) => {
    link.toSession(message);
    if (request?.method === 'driver.device.list') act(message, link.print);
  },
});

const LIST = ['DRV-DEV-001/described'] as const;

const FRAMING: Mutant[] = [
  {
    id: 'SYS-FRM-001/print',
    title: 'prints to the reply channel',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((_reply, print) => print('Initializing device 0 ...')),
  },
  {
    id: 'SYS-FRM-001/answers-twice',
    title: 'answers a request twice',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((reply, print) => print(JSON.stringify(reply))),
  },
  {
    id: 'SYS-FRM-001/unasked',
    title: 'answers a request that nobody made',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((_reply, print) => print('{"jsonrpc":"2.0","id":424242,"result":{}}')),
  },
  {
    id: 'SYS-FRM-001/null-unasked',
    title: 'reports an error with id null although every line was good',
    requirement: 'SYS-FRM-001',
    breaks: 'SYS-FRM-001/lines',
    traffic: LIST,
    defect: onList((_reply, print) =>
      print(JSON.stringify(errorReply(null, -32603, 'INTERNAL', 'INTERNAL'))),
    ),
  },
  {
    id: 'SYS-FRM-002/number-for-string',
    title: 'gives sizes as numbers',
    requirement: 'SYS-FRM-002',
    breaks: 'SYS-FRM-002/results',
    traffic: LIST,
    defect: () => () =>
      alterResult('driver.device.get', (result) => {
        result.memory.totalBytes = Number(result.memory.totalBytes);
        return result;
      }),
  },
  {
    id: 'SYS-FRM-002/extra-member',
    title: 'gives a member that the schema does not have',
    requirement: 'SYS-FRM-002',
    breaks: 'SYS-FRM-002/results',
    traffic: LIST,
    defect: () => () =>
      alterResult('driver.device.get', (result) => ({ ...result, temperature: 40 })),
  },
  {
    id: 'SYS-FRM-002/no-result',
    title: 'gives null where a result is an object',
    requirement: 'SYS-FRM-002',
    breaks: 'SYS-FRM-002/results',
    traffic: ['SYS-NEG-004/twice'],
    defect: () => () => alterResult('system.ping', () => null),
  },
];

export const systemMutants: readonly Mutant[] = [
  ...NEGOTIATION,
  ...CAPABILITY,
  ...ERROR,
  ...FRAMING,
];
