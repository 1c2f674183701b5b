// Known-bad endpoints of SYS-CAP-003, -004 and SYS-ADP: who says one thing here and another there.
import type { Message, Mutant } from '../../../core/mutant.ts';
import { CAPABILITIES } from '../../../schemas/generated/standard.ts';
import type { Capabilities, InitializeResult } from '../../../schemas/generated/types.ts';
import { alterResult } from '../../defects.ts';

/** What a defect makes of system.initialize: of its result, the request, and how many came before. */
type Tell = (result: InitializeResult, request: Message, session: number) => unknown;

const tells = (tell: Tell) => () => {
  let sessions = 0;
  return () => {
    sessions += 1;
    const session = sessions;
    return alterResult('system.initialize', (result, request) => tell(result, request, session));
  };
};

const INFO = 'driver.memory.info';

const EVERYTHING: Capabilities = Object.fromEntries(CAPABILITIES.map((name) => [name, true]));

/** The result without one capability, its methods still listed. */
const without = (result: InitializeResult, name: keyof Capabilities) => ({
  ...result,
  capabilities: { ...result.capabilities, [name]: false },
});

const SAME: Mutant[] = [
  {
    id: 'SYS-CAP-003/every-other',
    title: 'declares a capability in every other session',
    requirement: 'SYS-CAP-003',
    breaks: 'SYS-CAP-003/same',
    defect: tells((result, _request, session) =>
      session % 2 === 0 ? result : without(result, INFO),
    ),
  },
  {
    id: 'SYS-CAP-003/knows-the-suite',
    title: 'declares less to clients that it knows',
    requirement: 'SYS-CAP-003',
    breaks: 'SYS-CAP-003/same',
    defect: tells((result, { params }) =>
      params.client.name === 'causeway' ? without(result, INFO) : result,
    ),
  },
  {
    id: 'SYS-CAP-003/other-version',
    title: 'is of another version in each session',
    requirement: 'SYS-CAP-003',
    breaks: 'SYS-CAP-003/same',
    defect: tells((result, _request, session) => ({
      ...result,
      product: { ...result.product, version: `1.${session}` },
    })),
  },
  {
    id: 'SYS-CAP-003/other-adapter',
    title: 'has another adapter in each session',
    requirement: 'SYS-CAP-003',
    breaks: 'SYS-CAP-003/same',
    defect: tells((result, _request, session) => ({
      ...result,
      adapter: { ...result.adapter, version: `1.${session}` },
    })),
  },
  {
    id: 'SYS-CAP-003/other-work',
    title: 'says in later sessions that a native method is emulated',
    requirement: 'SYS-CAP-003',
    breaks: 'SYS-CAP-003/same',
    defect: tells((result, _request, session) =>
      session % 2 === 0
        ? result
        : { ...result, methods: { ...result.methods, 'driver.memory.copy': 'emulated' } },
    ),
  },
  {
    id: 'SYS-CAP-003/invalid',
    title: 'declares a capability with a word in place of true',
    requirement: 'SYS-CAP-003',
    breaks: 'SYS-CAP-003/valid',
    defect: tells((result) => ({
      ...result,
      capabilities: { ...result.capabilities, [INFO]: 'yes' },
    })),
  },
];

const CLAIMS: Mutant[] = [
  {
    id: 'SYS-CAP-004/claimed-not-declared',
    title: 'does not declare what is claimed for it',
    requirement: 'SYS-CAP-004',
    breaks: 'SYS-CAP-004/claimed',
    claims: EVERYTHING,
    defect: tells((result) => without(result, INFO)),
  },
  {
    id: 'SYS-CAP-004/declared-not-claimed',
    title: 'declares what nobody claims for it',
    requirement: 'SYS-CAP-004',
    breaks: 'SYS-CAP-004/unclaimed',
    claims: { ...EVERYTHING, [INFO]: false },
    defect: tells((result) => ({
      ...result,
      capabilities: { ...result.capabilities, [INFO]: true },
    })),
  },
];

const ADAPTER: Mutant[] = [
  {
    id: 'SYS-ADP-001/no-version',
    title: 'does not say its adapter’s version',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/valid',
    defect: tells((result) => ({ ...result, adapter: { name: result.adapter.name } })),
  },
  {
    id: 'SYS-ADP-001/own-word',
    title: 'has a word of its own for who does the work',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/valid',
    defect: tells((result) => ({
      ...result,
      methods: { ...result.methods, 'driver.device.list': 'accelerated' },
    })),
  },
  {
    id: 'SYS-ADP-001/blank',
    title: 'has an adapter whose name is a blank',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/named',
    defect: tells((result) => ({ ...result, adapter: { ...result.adapter, name: ' ' } })),
  },
  {
    id: 'SYS-ADP-001/method-left-out',
    title: 'does not say who copies',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/methods',
    defect: tells((result) => ({
      ...result,
      methods: Object.fromEntries(
        Object.entries(result.methods).filter(([method]) => method !== 'driver.memory.copy'),
      ),
    })),
  },
  {
    id: 'SYS-ADP-001/system-left-out',
    title: 'lists the methods of the driver alone',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/methods',
    defect: tells((result) => ({
      ...result,
      methods: Object.fromEntries(
        Object.entries(result.methods).filter(([method]) => !method.startsWith('system.')),
      ),
    })),
  },
  {
    id: 'SYS-ADP-001/undeclared-listed',
    title: 'lists a method whose capability it does not declare',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/methods',
    defect: tells((result) => without(result, INFO)),
  },
  {
    id: 'SYS-ADP-001/method-more',
    title: 'lists a method that the standard does not have',
    requirement: 'SYS-ADP-001',
    breaks: 'SYS-ADP-001/methods',
    defect: tells((result) => ({
      ...result,
      methods: { ...result.methods, 'driver.memory.teleport': 'native' },
    })),
  },
];

export const identityMutants: readonly Mutant[] = [...SAME, ...CLAIMS, ...ADAPTER];
