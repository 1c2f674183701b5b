// Known-bad drivers: where their devices are, whom they serve, and what a share of one grants (DRV-DEV-008, -009
// and -010).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { alterError, alterResult, errorReply } from '../../defects.ts';
import { alterDevice } from './visible.ts';

const INITIALIZE = 'system.initialize';
const ALLOCATE = 'driver.memory.allocate';

const noMemory = (id: unknown): Message =>
  errorReply(id, 2003, 'RESOURCE_EXHAUSTED', 'DEVICE_MEMORY');

const located = (location: object | undefined) => () => (): Defect =>
  alterDevice((device) => ({ ...device, location }));

/** Sees to it that the driver never hears of a runtime version that `forgives` picks. */
const forgiving = (forgives: (version: string) => boolean) => () => (): Defect => ({
  request: (message, link) => {
    const { runtimeVersion, ...params } = message.params ?? {};
    const forgiven = message.method === INITIALIZE && runtimeVersion && forgives(runtimeVersion);
    link.toEndpoint(forgiven ? { ...message, params } : message);
  },
});

/** Refuses sessions that `picks` picks by their runtime version. */
const refusing =
  (picks: (version: string) => boolean, refusal: (id: unknown) => Message) => (): Defect => ({
    request: (message, link) => {
      const { runtimeVersion } = message.params ?? {};
      const refuses = message.method === INITIALIZE && runtimeVersion && picks(runtimeVersion);
      if (refuses) link.toSession(refusal(message.id));
      else link.toEndpoint(message);
    },
  });

const mismatch = (id: unknown): Message =>
  errorReply(id, 1008, 'FAILED_PRECONDITION', 'RUNTIME_VERSION');

const locationMutants: readonly Mutant[] = [
  {
    id: 'DRV-DEV-008/nowhere',
    title: 'declares locations and gives none',
    requirement: 'DRV-DEV-008',
    breaks: 'DRV-DEV-008/located',
    defect: located(undefined),
  },
  {
    id: 'DRV-DEV-008/no-address',
    title: 'gives the memory node alone',
    requirement: 'DRV-DEV-008',
    breaks: 'DRV-DEV-008/located',
    defect: located({ numaNode: 0 }),
  },
  {
    id: 'DRV-DEV-008/no-domain',
    title: 'leaves the domain out of a bus address',
    requirement: 'DRV-DEV-008',
    breaks: 'DRV-DEV-008/address',
    defect: located({ pciAddress: '3b:00.0', numaNode: 0 }),
  },
  {
    id: 'DRV-DEV-008/capitals',
    title: 'writes a bus address in capitals',
    requirement: 'DRV-DEV-008',
    breaks: 'DRV-DEV-008/address',
    defect: located({ pciAddress: '0000:3B:00.0', numaNode: 0 }),
  },
  {
    id: 'DRV-DEV-008/same-address',
    title: 'gives all its devices one address',
    requirement: 'DRV-DEV-008',
    breaks: 'DRV-DEV-008/own',
    defect: () => () =>
      alterDevice(({ partition: _partition, ...device }) => ({
        ...device,
        location: { pciAddress: '0000:3b:00.0', numaNode: 0 },
      })),
  },
];

const compatibilityMutants: readonly Mutant[] = [
  {
    id: 'DRV-DEV-009/undeclared',
    title: 'declares compatibility and not with what',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/declared',
    defect: () => () =>
      alterResult(INITIALIZE, ({ runtimeVersions: _versions, ...result }) => result),
  },
  {
    id: 'DRV-DEV-009/turned-round',
    title: 'declares a range that ends before it begins',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/declared',
    defect: () => () =>
      alterResult(INITIALIZE, (result) => ({
        ...result,
        runtimeVersions: { from: '1.10', to: '1.9' },
      })),
  },
  {
    id: 'DRV-DEV-009/end-excluded',
    title: 'refuses the version at the end of its range',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/served',
    defect: () => refusing((version) => version === '1.3', mismatch),
  },
  {
    id: 'DRV-DEV-009/other-range',
    title: 'declares a wider range in each session',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/same',
    defect: () => {
      let sessions = 3;
      return () => {
        sessions += 1;
        const to = `1.${sessions}`;
        const widens = alterResult(INITIALIZE, (result) => ({
          ...result,
          runtimeVersions: { from: '1.0', to },
        }));
        return { ...widens, ...forgiving(() => true)()() };
      };
    },
  },
  {
    id: 'DRV-DEV-009/serves-all',
    title: 'serves clients of every version',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/refused',
    defect: forgiving(() => true),
  },
  {
    id: 'DRV-DEV-009/one-above',
    title: 'serves clients of one minor version above its range',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/refused',
    defect: forgiving((version) => version === '1.4'),
  },
  {
    id: 'DRV-DEV-009/major-alone',
    title: 'compares the minor version alone',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/refused',
    defect: forgiving((version) => version === '2.0'),
  },
  {
    id: 'DRV-DEV-009/other-reason',
    title: 'refuses other versions as an invalid argument',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/refused',
    defect: () => () =>
      alterError(
        (data) => data['reason'] === 'RUNTIME_VERSION',
        ({ data }) => {
          data['canonical'] = 'INVALID_ARGUMENT';
        },
      ),
  },
  {
    id: 'DRV-DEV-009/spent',
    title: 'serves no client in a session that it refused once',
    requirement: 'DRV-DEV-009',
    breaks: 'DRV-DEV-009/still-new',
    defect: () => () => {
      let refused = false;
      return {
        request: (message, link) => {
          if (refused) link.toSession(mismatch(message.id));
          else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          refused ||= request?.method === INITIALIZE && message.error !== undefined;
          link.toSession(message);
        },
      };
    },
  },
];

const partitionMutants: readonly Mutant[] = [
  {
    id: 'DRV-DEV-010/unlimited',
    title: 'grants what it is asked for, whatever the limit',
    requirement: 'DRV-DEV-010',
    breaks: 'DRV-DEV-010/within',
    defect: () => () => {
      let granted = 0;
      return {
        request: (message, link) => {
          const ours = message.params.allocation?.startsWith('allocation_unlimited-');
          if (ours) link.toSession({ jsonrpc: '2.0', id: message.id, result: {} });
          else link.toEndpoint(message);
        },
        reply: (message, request, link) => {
          if (request?.method !== ALLOCATE || !message.error) {
            link.toSession(message);
            return;
          }
          granted += 1;
          const result = { allocation: `allocation_unlimited-${granted}` };
          link.toSession({ jsonrpc: '2.0', id: message.id, result });
        },
      };
    },
  },
  {
    id: 'DRV-DEV-010/half',
    title: 'grants half of its limit',
    requirement: 'DRV-DEV-010',
    breaks: 'DRV-DEV-010/granted',
    defect: () => () => {
      const limit = 384n * 2n ** 20n;
      let granted = 0n;
      return {
        request: (message, link) => {
          const size = message.method === ALLOCATE ? BigInt(message.params.sizeBytes) : 0n;
          if (granted + size > limit) link.toSession(noMemory(message.id));
          else {
            granted += size;
            link.toEndpoint(message);
          }
        },
      };
    },
  },
  {
    id: 'DRV-DEV-010/limit-of-the-whole',
    title: 'gives the memory of the whole device for the limit of its part',
    requirement: 'DRV-DEV-010',
    breaks: 'DRV-DEV-010/granted',
    defect: () => () =>
      alterDevice((device) => ({
        ...device,
        ...(device.partition && {
          partition: { ...device.partition, memoryLimitBytes: device.memory.totalBytes },
        }),
      })),
  },
];

export const placementMutants: readonly Mutant[] = [
  ...locationMutants,
  ...compatibilityMutants,
  ...partitionMutants,
];
