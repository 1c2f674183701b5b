// Known-bad drivers: what becomes of memory that is mapped and unmapped (DRV-MEM-016).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterError, alterRequest, errorReply, refuseServed } from '../../defects.ts';

const MAP = 'driver.memory.virtual.map';
const ZEROS = { base64: Buffer.alloc(16).toString('base64') };

const noMemory = (id: unknown): Message =>
  errorReply(id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY');

/** Writes zeros to where the second place of a range is, or its beginning, once something is mapped there. */
const clears = (offset: (mapped: string) => string | undefined) => (): Defect => ({
  reply: (message, request, link) => {
    const at = request?.method === MAP ? offset(request.params.offsetBytes) : undefined;
    if (at === undefined || message.result === undefined) {
      link.toSession(message);
      return;
    }
    const write = { allocation: request?.params.allocation, offsetBytes: at, data: ZEROS };
    void link.call('driver.memory.write', write).then(() => link.toSession(message));
  },
});

export const virtualMemoryMutants: readonly Mutant[] = [
  ...(['reserve', 'create'] as const).map(
    (name): Mutant => ({
      id: `DRV-MEM-016/no-${name}`,
      title: `declares mapping and refuses to ${name}`,
      requirement: 'DRV-MEM-016',
      breaks: 'DRV-MEM-016/reserved',
      defect: () => () => refuseServed(`driver.memory.virtual.${name}`, noMemory),
    }),
  ),
  {
    id: 'DRV-MEM-016/maps-once',
    title: 'maps memory once and never again',
    requirement: 'DRV-MEM-016',
    breaks: 'DRV-MEM-016/mapped',
    defect: () => () => {
      const mapped = new Set<string>();
      return {
        request: (message, link) => {
          const { physical } = message.params;
          if (message.method !== MAP) link.toEndpoint(message);
          else if (mapped.has(physical)) link.toSession(noMemory(message.id));
          else {
            mapped.add(physical);
            link.toEndpoint(message);
          }
        },
      };
    },
  },
  {
    id: 'DRV-MEM-016/cleared',
    title: 'clears memory when it is mapped',
    requirement: 'DRV-MEM-016',
    breaks: 'DRV-MEM-016/kept',
    defect: () => clears((mapped) => mapped),
  },
  {
    id: 'DRV-MEM-016/neighbour-cleared',
    title: 'spoils what is mapped before the place where it maps',
    requirement: 'DRV-MEM-016',
    breaks: 'DRV-MEM-016/apart',
    defect: () => clears((mapped) => (mapped === '0' ? undefined : '0')),
  },
  {
    id: 'DRV-MEM-016/first-mapping-alone',
    title: 'digests of a range that lies in two mappings what is in the first',
    requirement: 'DRV-MEM-016',
    breaks: 'DRV-MEM-016/across',
    defect: () => () =>
      alterRequest('driver.memory.digest', (params) => ({
        ...params,
        lengthBytes: String(Math.min(Number(params.lengthBytes), 65536)),
      })),
  },
  {
    id: 'DRV-MEM-016/reads-nothing',
    title: 'reads zeros where nothing is mapped',
    requirement: 'DRV-MEM-016',
    breaks: 'DRV-MEM-016/unmapped',
    defect: () => () => admitRefused((data) => data['reason'] === 'MEMORY_STATE', ZEROS),
  },
  {
    id: 'DRV-MEM-016/other-reason',
    title: 'says of a range into which nothing is mapped that there is none',
    requirement: 'DRV-MEM-016',
    breaks: 'DRV-MEM-016/unmapped',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'MEMORY_STATE',
        ({ data }) => {
          data['canonical'] = 'NOT_FOUND';
        },
      ),
  },
];
