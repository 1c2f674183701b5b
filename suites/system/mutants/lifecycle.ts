// Known-bad endpoints of SYS-LIF: sessions that leave something behind, or lose what they were asked.
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { alterReply, errorReply } from '../../defects.ts';

/** Bytes of each allocation that a session holds, by handle. */
const holdings = () => {
  const held = new Map<string, bigint>();
  return {
    held,
    see: (reply: Message, request: Message | undefined): void => {
      if (reply.result === undefined) return;
      if (request?.method === 'driver.memory.allocate') {
        held.set(reply.result.allocation, BigInt(request.params.sizeBytes));
      } else if (request?.method === 'driver.memory.free') held.delete(request.params.allocation);
    },
  };
};

/** Never gives back what `keeps` picks of the allocations that a session holds when it is shut down. */
const keepsMemory = (keeps: (sizes: readonly bigint[]) => readonly bigint[]) => () => {
  let lost = 0n;
  return (): Defect => {
    const { held, see } = holdings();
    return alterReply((reply, request) => {
      see(reply, request);
      if (request?.method === 'system.shutdown' && reply.result !== undefined) {
        for (const bytes of keeps([...held.values()])) lost += bytes;
      }
      if (request?.method === 'driver.memory.info' && reply.result !== undefined) {
        reply.result.freeBytes = String(BigInt(reply.result.freeBytes) - lost);
      }
      return reply;
    });
  };
};

/** Holds memory until its process ends, and so until then another session finds less. */
const untilTheEnd = () => {
  const sessions = new Set<Map<string, bigint>>();
  return (): Defect => {
    const { held, see } = holdings();
    sessions.add(held);
    return {
      reply: (reply, request, link) => {
        see(reply, request);
        if (request?.method === 'driver.memory.info' && reply.result !== undefined) {
          const others = [...sessions].filter((one) => one !== held);
          const taken = others.flatMap((one) => [...one.values()]).reduce((a, b) => a + b, 0n);
          reply.result.freeBytes = String(BigInt(reply.result.freeBytes) - taken);
        }
        link.toSession(reply);
      },
      close: (link) => {
        sessions.delete(held);
        link.close();
      },
    };
  };
};

const SHUTDOWN: Mutant[] = [
  {
    id: 'SYS-LIF-001/all-kept',
    title: 'gives no memory back at a shutdown, and not at its end either',
    requirement: 'SYS-LIF-001',
    breaks: 'SYS-LIF-001/released',
    defect: keepsMemory((sizes) => sizes),
  },
  {
    id: 'SYS-LIF-001/one-kept',
    title: 'forgets the last allocation at a shutdown',
    requirement: 'SYS-LIF-001',
    breaks: 'SYS-LIF-001/released',
    defect: keepsMemory((sizes) => sizes.slice(-1)),
  },
  {
    id: 'SYS-LIF-001/kept-to-the-end',
    title: 'leaves it to the end of its process to give memory back',
    requirement: 'SYS-LIF-001',
    breaks: 'SYS-LIF-001/released',
    defect: untilTheEnd,
  },
  {
    id: 'SYS-LIF-001/in-use',
    title: 'refuses to be shut down while memory is allocated',
    requirement: 'SYS-LIF-001',
    breaks: 'SYS-LIF-001/shut-down',
    defect: () => () => {
      const { held, see } = holdings();
      return {
        request: (message, link) =>
          message.method === 'system.shutdown' && held.size > 0
            ? link.toSession(errorReply(message.id, -32603, 'INTERNAL', 'INTERNAL'))
            : link.toEndpoint(message),
        reply: (reply, request, link) => {
          see(reply, request);
          link.toSession(reply);
        },
      };
    },
  },
];

/** A defect that knows how many requests are open. */
const whileOpen =
  (
    request: (message: Message, open: number, link: Link) => void,
    reply: (message: Message, request: Message | undefined, open: number, link: Link) => void,
  ) =>
  (): Defect => {
    let open = 0;
    return {
      request: (message, link) => {
        if ('id' in message) open += 1;
        request(message, open, link);
      },
      reply: (message, answered, link) => {
        reply(message, answered, open, link);
        open -= 1;
      },
    };
  };

const passOn = (message: Message, _open: number, link: Link): void => link.toEndpoint(message);

/** Never gives back what a session holds of any device but the first that it is asked about. */
const keepsOfOthers = () => {
  const lost = new Map<unknown, bigint>();
  let first: unknown;
  return (): Defect => {
    const held = new Map<unknown, bigint>();
    return alterReply((reply, request) => {
      const { device } = request?.params ?? {};
      if (reply.result === undefined) return reply;
      if (request?.method === 'driver.memory.allocate' && device !== first) {
        held.set(device, (held.get(device) ?? 0n) + BigInt(request.params.sizeBytes));
      }
      if (request?.method === 'system.shutdown') {
        for (const [one, bytes] of held) lost.set(one, (lost.get(one) ?? 0n) + bytes);
      }
      if (request?.method === 'driver.memory.info') {
        first ??= device;
        const free = BigInt(reply.result.freeBytes) - (lost.get(device) ?? 0n);
        reply.result.freeBytes = String(free);
      }
      return reply;
    });
  };
};

const OTHER_DEVICES: Mutant[] = [
  {
    id: 'SYS-LIF-001/others-kept',
    title: 'gives back at a shutdown the memory of the first device alone',
    requirement: 'SYS-LIF-001',
    breaks: 'SYS-LIF-001/released',
    defect: keepsOfOthers,
  },
];

const CONCURRENCY: Mutant[] = [
  {
    id: 'SYS-LIF-002/exchanged',
    title: 'gives two requests that are open at one time each other’s answers',
    requirement: 'SYS-LIF-002',
    breaks: 'SYS-LIF-002/as-alone',
    defect: () => () => {
      let held: Message | undefined;
      return whileOpen(passOn, (message, _request, open, link) => {
        if (held) {
          link.toSession({ ...message, id: held.id });
          link.toSession({ ...held, id: message.id });
          held = undefined;
        } else if (open > 1) held = message;
        else link.toSession(message);
      })();
    },
  },
  {
    id: 'SYS-LIF-002/one-buffer',
    title: 'reads into one buffer for all requests that are open',
    requirement: 'SYS-LIF-002',
    breaks: 'SYS-LIF-002/as-alone',
    defect: () => () => {
      let buffer: unknown;
      return whileOpen(passOn, (message, request, open, link) => {
        const reads = request?.method === 'driver.memory.read' && message.result !== undefined;
        if (reads && open > 1) link.toSession({ ...message, result: buffer ?? message.result });
        else link.toSession(message);
        if (reads) buffer = message.result;
      })();
    },
  },
  {
    id: 'SYS-LIF-002/busy',
    title: 'refuses requests while 32 others are open',
    requirement: 'SYS-LIF-002',
    breaks: 'SYS-LIF-002/as-alone',
    defect: () => () => {
      let open = 0;
      return {
        request: (message, link) => {
          if (open >= 32) {
            link.toSession(errorReply(message.id, 2004, 'RESOURCE_EXHAUSTED', 'HOST_MEMORY'));
            return;
          }
          if ('id' in message) open += 1;
          link.toEndpoint(message);
        },
        reply: (message, _request, link) => {
          open -= 1;
          link.toSession(message);
        },
      };
    },
  },
  {
    id: 'SYS-LIF-002/overwhelmed',
    title: 'dies of more than 60 requests at one time',
    requirement: 'SYS-LIF-002',
    breaks: 'SYS-LIF-002/as-alone',
    defect: () =>
      whileOpen(
        (message, open, link) => (open > 60 ? link.kill() : link.toEndpoint(message)),
        (message, _request, _open, link) => link.toSession(message),
      ),
  },
];

const ANSWERED: Mutant[] = [
  {
    id: 'SYS-LIF-004/silent',
    title: 'never answers a ping',
    requirement: 'SYS-LIF-004',
    breaks: 'SYS-LIF-004/answered',
    traffic: ['SYS-NEG-004/twice'],
    defect: () => () =>
      alterReply((reply, { method } = {}) => (method === 'system.ping' ? null : reply)),
  },
];

/** Stays where `where` says so when its stdin closes. */
const stays = (where: (state: { initialized: boolean; shutDown: boolean }) => boolean) => () => {
  const state = { initialized: false, shutDown: false };
  const defect: Defect = {
    reply: (message, request, link) => {
      if (message.result !== undefined) {
        state.initialized ||= request?.method === 'system.initialize';
        state.shutDown ||= request?.method === 'system.shutdown';
      }
      link.toSession(message);
    },
    close: (link) => {
      if (!where(state)) link.close();
    },
  };
  return defect;
};

const END: Mutant[] = [
  {
    id: 'SYS-LIF-005/stays-new',
    title: 'does not see its stdin closing before it is initialized',
    requirement: 'SYS-LIF-005',
    breaks: 'SYS-LIF-005/ends',
    defect: () => stays(({ initialized }) => !initialized),
  },
  {
    id: 'SYS-LIF-005/stays-shut-down',
    title: 'stays there after a shutdown',
    requirement: 'SYS-LIF-005',
    breaks: 'SYS-LIF-005/ends',
    defect: () => stays(({ shutDown }) => shutDown),
  },
  {
    id: 'SYS-LIF-005/crashes',
    title: 'dies of a signal on its way out while memory is allocated',
    requirement: 'SYS-LIF-005',
    breaks: 'SYS-LIF-005/ends',
    defect: () => () => {
      const { held, see } = holdings();
      return {
        reply: (reply, request, link) => {
          see(reply, request);
          link.toSession(reply);
        },
        close: (link) => (held.size > 0 ? link.kill() : link.close()),
      };
    },
  },
  {
    id: 'SYS-LIF-005/drops-what-is-open',
    title: 'leaves what it was asked before its stdin closed without an answer',
    requirement: 'SYS-LIF-005',
    breaks: 'SYS-LIF-005/answered',
    defect: () => () => {
      let closing = false;
      return {
        reply: (reply, _request, link) => {
          if (!closing) link.toSession(reply);
        },
        close: (link) => {
          closing = true;
          link.close();
        },
      };
    },
  },
  {
    id: 'SYS-LIF-005/refuses-what-is-open',
    title: 'refuses what it was asked before its stdin closed',
    requirement: 'SYS-LIF-005',
    breaks: 'SYS-LIF-005/answered',
    defect: () => () => {
      let closing = false;
      return {
        reply: ({ id, ...rest }, _request, link) =>
          link.toSession(
            closing
              ? errorReply(id, 1002, 'FAILED_PRECONDITION', 'NOT_INITIALIZED')
              : { id, ...rest },
          ),
        close: (link) => {
          closing = true;
          link.close();
        },
      };
    },
  },
];

/** Dies of requests that `of` picks by their text. */
const diesOf = (of: RegExp) => (): Defect => ({
  request: (message, link) =>
    of.test(JSON.stringify(message)) ? link.kill() : link.toEndpoint(message),
});

const FUZZ: Mutant[] = [
  {
    id: 'SYS-LIF-006/prototype',
    title: 'dies of a member that is named __proto__',
    requirement: 'SYS-LIF-006',
    breaks: 'SYS-LIF-006/survived',
    defect: () => diesOf(/"__proto__":/),
  },
  {
    id: 'SYS-LIF-006/large-number',
    title: 'dies of an integer above 2^52',
    requirement: 'SYS-LIF-006',
    breaks: 'SYS-LIF-006/survived',
    defect: () => diesOf(/:9007199254740992\b/),
  },
  {
    id: 'SYS-LIF-006/never-the-same',
    title: 'serves nothing after it was asked for a method with a slash in its name',
    requirement: 'SYS-LIF-006',
    breaks: 'SYS-LIF-006/survived',
    defect: () => () => {
      let spoiled = false;
      return alterReply((reply, request) => {
        spoiled ||= String(request?.method).includes('/');
        return spoiled
          ? errorReply(reply.id, 1002, 'FAILED_PRECONDITION', 'NOT_INITIALIZED')
          : reply;
      });
    },
  },
];

export const lifecycleMutants: readonly Mutant[] = [
  ...SHUTDOWN,
  ...OTHER_DEVICES,
  ...CONCURRENCY,
  ...ANSWERED,
  ...END,
  ...FUZZ,
];
