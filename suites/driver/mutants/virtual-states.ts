// Known-bad drivers: what they do to addresses apart from memory that must not be done (DRV-MEM-016).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { mutantsOf, seeing, servesRefused } from '../../defects.ts';

const MAP = 'driver.memory.virtual.map';
const UNMAP = 'driver.memory.virtual.unmap';
const DESTROY = 'driver.memory.virtual.destroy';
const FREE = 'driver.memory.free';

/** Knows what is mapped where. */
const knowingMapped = (
  defect: (mapped: Map<string, Message['params'][]>) => Defect,
): (() => Defect) => {
  return () => {
    const mapped = new Map<string, Message['params'][]>();
    return seeing((message, request) => {
      const { allocation, offsetBytes } = request?.params ?? {};
      const there = mapped.get(allocation) ?? [];
      if (request?.method === MAP && message.result) {
        mapped.set(allocation, [...there, request.params]);
      }
      if (request?.method === UNMAP && message.result) {
        mapped.set(
          allocation,
          there.filter((each) => each.offsetBytes !== offsetBytes),
        );
      }
    }, defect(mapped));
  };
};

/** Maps over what is mapped: that is there no more. */
const mapsOver = knowingMapped((mapped) => ({
  request: (message, link) => {
    const { allocation, offsetBytes } = message.params ?? {};
    const over = (mapped.get(allocation) ?? []).find((each) => each.offsetBytes === offsetBytes);
    if (message.method === MAP && over) {
      void link.call(UNMAP, { allocation, offsetBytes }).then(() => link.toEndpoint(message));
    } else link.toEndpoint(message);
  },
}));

/** Refuses an unmap where no mapping begins, and has unmapped what is before. */
const unmapsAndRefuses = (): Defect => ({
  reply: (message, request, link) => {
    const refused = request?.method === UNMAP && message.error?.data?.reason === 'MEMORY_STATE';
    if (!refused) return link.toSession(message);
    const before = { ...request.params, offsetBytes: '0' };
    void link.call(UNMAP, before).then(() => link.toSession(message));
  },
});

/** Takes a free of a range for the end of all memory that is mapped there. */
const destroysWithRange = knowingMapped((mapped) => ({
  request: (message, link) => {
    const { allocation } = message.params ?? {};
    const there = message.method === FREE ? (mapped.get(allocation) ?? []) : [];
    const calls = there.map(({ offsetBytes, physical }) =>
      link.call(UNMAP, { allocation, offsetBytes }).then(() => link.call(DESTROY, { physical })),
    );
    if (calls.length > 0) void Promise.all(calls).then(() => link.toEndpoint(message));
    else link.toEndpoint(message);
  },
}));

const mutant = mutantsOf<'unmapped' | 'occupied' | 'in-use' | 'places' | 'still' | 'freed'>(
  'DRV-MEM-016',
);

/** Serves one method of section 6 where nothing is mapped. */
const servesUnmapped = (name: string, result: object = {}): Mutant =>
  mutant(
    `${name}-unmapped`,
    `serves a ${name} where nothing is mapped`,
    'unmapped',
    servesRefused('MEMORY_STATE', `driver.memory.${name}`, result),
  );

export const virtualStateMutants: readonly Mutant[] = [
  servesUnmapped('write'),
  servesUnmapped('digest', { sha256: '0'.repeat(64) }),
  servesUnmapped('copy'),
  servesUnmapped('fill'),
  mutant('maps-over', 'maps memory over what is mapped', 'occupied', mapsOver),
  mutant(
    'unmaps-and-refuses',
    'refuses an unmap where nothing is mapped, and has unmapped what is before',
    'still',
    unmapsAndRefuses,
  ),
  mutant(
    'unmaps-nothing',
    'answers an unmap where nothing is mapped',
    'occupied',
    servesRefused('MEMORY_STATE', UNMAP),
  ),
  mutant(
    'destroys-mapped',
    'destroys memory that is mapped',
    'in-use',
    servesRefused('MEMORY_STATE', DESTROY),
  ),
  mutant(
    'maps-beyond',
    'maps beyond the end of a range',
    'places',
    servesRefused('COPY_RANGE', MAP),
  ),
  mutant('maps-between', 'maps between two places', 'places', servesRefused('SIZE', MAP)),
  mutant(
    'creates-any-size',
    'makes memory of any size',
    'places',
    servesRefused('SIZE', 'driver.memory.virtual.create', { physical: 'of-any-size' }),
  ),
  mutant('frees-memory', 'destroys with a range what is mapped there', 'freed', destroysWithRange),
];
