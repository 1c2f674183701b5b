// Known-bad endpoints of SYS-CAP-001 and -002: what is declared is not there, or the reverse.
import type { Message, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterError, alterReply, errorReply } from '../../defects.ts';

/** Takes one capability out of the declaration. */
const without = (name: string) => (reply: Message, request: Message | undefined) => {
  if (request?.method === 'system.initialize' && reply.result) {
    delete reply.result.capabilities[name];
  }
  return reply;
};

const INFO = 'driver.memory.info';

/** Refuses a method that is declared. */
const refuses = (method: string, code: number, reason: string) => () => () =>
  alterReply((reply, request) =>
    request?.method === method ? errorReply(reply.id, code, 'UNIMPLEMENTED', reason) : reply,
  );

export const capabilityMutants: readonly Mutant[] = [
  {
    id: 'SYS-CAP-001/not-there',
    title: 'declares copies and has none',
    requirement: 'SYS-CAP-001',
    breaks: 'SYS-CAP-001/implemented',
    defect: refuses('driver.memory.copy', 1004, 'FEATURE'),
  },
  {
    id: 'SYS-CAP-001/unknown',
    title: 'does not know a method that it declares',
    requirement: 'SYS-CAP-001',
    breaks: 'SYS-CAP-001/implemented',
    defect: refuses(INFO, -32601, 'METHOD'),
  },
  {
    id: 'SYS-CAP-001/stub',
    title: 'checks the parameters of an allocation and then says that it has none',
    requirement: 'SYS-CAP-001',
    breaks: 'SYS-CAP-001/implemented',
    defect: () => () =>
      alterReply((reply, request) =>
        request?.method === 'driver.memory.allocate' && reply.result
          ? errorReply(reply.id, 1004, 'UNIMPLEMENTED', 'FEATURE')
          : reply,
      ),
  },
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
        request?.method === INFO && reply.error?.data.reason !== 'NOT_INITIALIZED'
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
        request?.method === INFO && reply.error?.data.reason !== 'NOT_INITIALIZED'
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
  {
    id: 'SYS-CAP-002/group-undeclared',
    title: 'says of a method that nobody has that it is not declared, where its group is there',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/unknown',
    defect: () => () =>
      alterReply((reply, request) =>
        reply.error?.code === -32601 && request?.method?.startsWith('driver.memory.')
          ? errorReply(reply.id, 1004, 'UNIMPLEMENTED', 'FEATURE')
          : reply,
      ),
  },
  {
    id: 'SYS-CAP-002/ignores-case',
    title: 'compares the names of methods without their case',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/unknown',
    defect: () => () => ({
      request: (message, link) => {
        const method = message.method?.toLowerCase();
        link.toEndpoint(method === 'system.ping' ? { ...message, method } : message);
      },
    }),
  },
  {
    id: 'SYS-CAP-002/inherited',
    title: 'answers methods that its table of methods has from the language',
    requirement: 'SYS-CAP-002',
    breaks: 'SYS-CAP-002/unknown',
    defect: () => () =>
      admitRefused((data, request) => data['reason'] === 'METHOD' && String(request?.method) in {}),
  },
];
