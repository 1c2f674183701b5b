// Known-bad drivers whose streams are right in every single command, and wrong after two or three of them.
import type { Message, Mutant } from '../../../core/mutant.ts';
import { answer } from '../../defects.ts';
import { LAUNCH } from './kernel-defects.ts';

/** Takes those commands and forgets them that `picks` picks. */
const forgetting =
  (picks: () => (message: Message) => boolean): Mutant['defect'] =>
  () =>
  () => {
    const lost = picks();
    return {
      request: (message, link) =>
        lost(message) ? link.toSession(answer(message, {})) : link.toEndpoint(message),
    };
  };

const WRITE = 'driver.stream.write';
const COPY = 'driver.stream.copy';
const WAIT = 'driver.stream.waitEvent';
const FREE = 'driver.memory.ordered.free';
const isCommand = ({ method }: Message): boolean =>
  method === WRITE || method === COPY || method === LAUNCH;

export const streamSequenceMutants: readonly Mutant[] = [
  {
    id: 'DRV-STR-001/write-after-launch-lost',
    title: 'loses a write over what a launch just before has written to',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/as-modelled',
    shows: 'DRV-STR-001/sequences',
    defect: forgetting(() => {
      let launched: unknown;
      return (message) => {
        const lost = message.method === WRITE && message.params.allocation === launched;
        if (isCommand(message)) {
          launched = message.method === LAUNCH ? message.params.arguments[1].allocation : undefined;
        }
        return lost;
      };
    }),
  },
  {
    id: 'DRV-STR-001/launch-after-write-lost',
    title: 'loses a launch behind a write',
    requirement: 'DRV-STR-001',
    breaks: 'DRV-STR-001/as-modelled',
    shows: 'DRV-STR-001/sequences',
    defect: forgetting(() => {
      let written = false;
      return (message) => {
        const lost = message.method === LAUNCH && written;
        if (isCommand(message)) written = message.method === WRITE;
        return lost;
      };
    }),
  },
  {
    id: 'DRV-MEM-014/write-after-reuse-lost',
    title: 'loses the write to what is allocated in a stream just behind a free',
    requirement: 'DRV-MEM-014',
    breaks: 'DRV-MEM-014/as-modelled',
    shows: 'DRV-MEM-014/sequences',
    defect: forgetting(() => {
      let before: string | undefined;
      let reused = false;
      return ({ method }) => {
        const lost = method === WRITE && reused;
        reused = method === 'driver.memory.ordered.allocate' && before === FREE;
        before = method;
        return lost;
      };
    }),
  },
  {
    id: 'DRV-STR-005/second-wait-loses',
    title: 'loses the command behind a stream’s second wait for an event',
    requirement: 'DRV-STR-005',
    breaks: 'DRV-STR-005/as-modelled',
    defect: forgetting(() => {
      const waits = new Map<unknown, number>();
      return (message) => {
        const { stream } = message.params ?? {};
        if (message.method === WAIT) waits.set(stream, (waits.get(stream) ?? 0) + 1);
        if (!isCommand(message) || waits.get(stream) !== 2) return false;
        waits.set(stream, 0);
        return true;
      };
    }),
  },
];
