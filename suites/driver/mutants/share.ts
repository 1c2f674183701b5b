// Known-bad drivers: what they share between processes, and what becomes of it (DRV-P2P-004 and -006).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterResult, answer, errorReply, refuseServed } from '../../defects.ts';

const EXPORT = 'driver.memory.export';
const IMPORT = 'driver.memory.import';
const READ = 'driver.memory.read';
const WRITE = 'driver.memory.write';

const refused = (id: unknown): Message => errorReply(id, 1000, 'INVALID_ARGUMENT', 'UNSPECIFIED');

/** Reaches for requests that name memory which was imported in this session. */
const onImported =
  (method: string, reach: (message: Message, link: Link) => void): (() => Defect) =>
  () => {
    const imported = new Set<string>();
    return {
      request: (message, link) => {
        if (message.method === method && imported.has(message.params.allocation)) {
          reach(message, link);
        } else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (request?.method === IMPORT && message.result) imported.add(message.result.allocation);
        link.toSession(message);
      },
    };
  };

/** Is as it should be until the session that exported memory has ended, and has this defect from then on. */
const onceLost = (defect: () => Defect) => (): (() => Defect) => {
  let lost = false;
  return () => {
    let exporter = false;
    const one = defect();
    return {
      request: (message, link) => {
        if (message.method === EXPORT) exporter = true;
        if (lost && one.request) one.request(message, link);
        else link.toEndpoint(message);
      },
      reply: (message, request, link) => {
        if (lost && one.reply) one.reply(message, request, link);
        else link.toSession(message);
      },
      close: (link) => {
        lost ||= exporter;
        link.close();
      },
    };
  };
};

const dies = (method: string) => (): Defect => ({
  request: (message, link) => {
    if (message.method === method) link.kill();
    else link.toEndpoint(message);
  },
});

export const shareMutants: readonly Mutant[] = [
  {
    id: 'DRV-P2P-004/refuses-export',
    title: 'declares sharing and exports nothing',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/exported',
    defect: () => () => refuseServed(EXPORT, refused),
  },
  {
    id: 'DRV-P2P-004/refuses-import',
    title: 'imports nothing of what it exported',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/imported',
    defect: () => () => refuseServed(IMPORT, refused),
  },
  {
    id: 'DRV-P2P-004/rounded-up',
    title: 'imports whole pages, and says that they are the allocation',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/imported',
    defect: () => () =>
      alterResult(IMPORT, (result) => ({ ...result, sizeBytes: String(2 ** 16) })),
  },
  {
    id: 'DRV-P2P-004/imports-a-copy',
    title: 'imports what the memory held when it was first read',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/importer-sees',
    defect: () => () => {
      const imported = new Set<string>();
      let first: unknown;
      return {
        reply: (message, request, link) => {
          if (request?.method === IMPORT && message.result) {
            imported.add(message.result.allocation);
          }
          const stale = request?.method === READ && imported.has(request.params.allocation);
          if (stale) first ??= message.result;
          link.toSession(stale ? answer(message, first) : message);
        },
      };
    },
  },
  {
    id: 'DRV-P2P-004/read-only',
    title: 'answers a write to what it imported, and keeps it from the exporter',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/exporter-sees',
    defect: () =>
      onImported(WRITE, (message, link) => {
        link.toSession(answer(message, {}));
      }),
  },
  {
    id: 'DRV-P2P-004/streams-apart',
    title: 'has streams write to the memory as it was before it was exported',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/stream',
    defect: () => () => {
      const exported = new Set<string>();
      return {
        request: (message, link) => {
          if (message.method === EXPORT) exported.add(message.params.allocation);
          const apart =
            message.method === 'driver.stream.write' && exported.has(message.params.allocation);
          if (apart) link.toSession(answer(message, {}));
          else link.toEndpoint(message);
        },
      };
    },
  },
  {
    id: 'DRV-P2P-004/imports-anything',
    title: 'imports what nobody exported',
    requirement: 'DRV-P2P-004',
    breaks: 'DRV-P2P-004/unknown',
    defect: () => () =>
      admitRefused((data) => data['reason'] === 'SHARE', {
        allocation: 'allocation_of-nobody-1',
        sizeBytes: '4096',
      }),
  },
  {
    id: 'DRV-P2P-006/dies-reading',
    title: 'dies on a read of memory whose exporter is gone',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/read',
    defect: onceLost(dies(READ)),
  },
  {
    id: 'DRV-P2P-006/zeros',
    title: 'reads zeros where the exporter is gone',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/read',
    defect: onceLost(() =>
      alterResult(READ, (_result, { params }) => ({
        base64: Buffer.alloc(params.lengthBytes).toString('base64'),
      })),
    ),
  },
  {
    id: 'DRV-P2P-006/internal',
    title: 'answers INTERNAL where the exporter is gone',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/read',
    defect: onceLost(() =>
      refuseServed(READ, (id) => errorReply(id, -32603, 'INTERNAL', 'INTERNAL')),
    ),
  },
  {
    id: 'DRV-P2P-006/half-lost',
    title: 'reads memory whose exporter is gone, and says of a write that it is lost',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/write',
    defect: onceLost(() =>
      refuseServed(WRITE, (id) => errorReply(id, 2025, 'UNAVAILABLE', 'EXPORTER_LOST')),
    ),
  },
  {
    id: 'DRV-P2P-006/write-lost',
    title: 'answers a write to memory whose exporter is gone, and does not carry it out',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/write',
    defect: onceLost(() => ({
      request: (message, link) => {
        if (message.method === WRITE) link.toSession(answer(message, {}));
        else link.toEndpoint(message);
      },
    })),
  },
  {
    id: 'DRV-P2P-006/not-freed',
    title: 'refuses to free memory whose exporter is gone',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/free',
    defect: onceLost(() => refuseServed('driver.memory.free', refused)),
  },
  {
    id: 'DRV-P2P-006/dies-importing',
    title: 'dies on an import from an exporter that is gone',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/import',
    defect: onceLost(dies(IMPORT)),
  },
  {
    id: 'DRV-P2P-006/internal-import',
    title: 'answers INTERNAL to an import from an exporter that is gone',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/import',
    defect: onceLost(() => ({
      reply: (message, request, link) => {
        const fails = request?.method === IMPORT;
        link.toSession(fails ? errorReply(message.id, -32603, 'INTERNAL', 'INTERNAL') : message);
      },
    })),
  },
  {
    id: 'DRV-P2P-006/dies-after',
    title: 'dies a call after memory whose exporter is gone was freed',
    requirement: 'DRV-P2P-006',
    breaks: 'DRV-P2P-006/serving',
    defect: onceLost(dies('system.ping')),
  },
];
