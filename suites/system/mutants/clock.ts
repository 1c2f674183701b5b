// Known-bad endpoints of SYS-TIM: clocks that tell something else than the time.
import type { Defect, Mutant } from '../../../core/mutant.ts';
import { alterReply, alterResult, errorReply } from '../../defects.ts';

/** What a clock tells in place of what it should: of a reading, and what it told last. */
type Tell = (nanoseconds: bigint, told: bigint | undefined, count: number) => bigint;

/** Tells other readings, each made from the true one. */
const tells =
  (tell: Tell, resolution = 1n) =>
  () =>
  (): Defect => {
    let told: bigint | undefined;
    let count = 0;
    return alterResult('system.clock', ({ nanoseconds }) => {
      count += 1;
      told = tell(BigInt(nanoseconds), told, count);
      return { nanoseconds: String(told), resolutionNanoseconds: String(resolution) };
    });
  };

const MICROSECOND = 1000n;
const MILLISECOND = 1_000_000n;

/** Runs at another rate from its first reading on. */
const atRate = (inMillion: bigint) => () => () => {
  let first: bigint | undefined;
  return alterResult('system.clock', ({ nanoseconds, ...rest }) => {
    const now = BigInt(nanoseconds);
    first ??= now;
    return { ...rest, nanoseconds: String(first + ((now - first) * inMillion) / 1_000_000n) };
  });
};

export const clockMutants: readonly Mutant[] = [
  {
    id: 'SYS-TIM-001/goes-back',
    title: 'is set back by a microsecond more than passed, once',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/monotonic',
    defect: tells((now, told, count) => (count === 700 && told ? told - MICROSECOND : now)),
  },
  {
    id: 'SYS-TIM-001/coarse',
    title: 'counts milliseconds and claims nanoseconds',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/not-coarser',
    defect: tells((now) => (now / MILLISECOND) * MILLISECOND),
  },
  {
    id: 'SYS-TIM-001/fine',
    title: 'counts microseconds and claims to count milliseconds',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/not-finer',
    defect: tells((now) => (now / MICROSECOND) * MICROSECOND, MILLISECOND),
  },
  {
    id: 'SYS-TIM-001/changing',
    title: 'declares another resolution with each reading',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/declared',
    defect: () => () => {
      let count = 0;
      return alterResult('system.clock', (result) => {
        count += 1;
        return { ...result, resolutionNanoseconds: String(count) };
      });
    },
  },
  {
    id: 'SYS-TIM-001/refused',
    title: 'refuses to tell the time after 900 readings',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/declared',
    defect: () => () => {
      let count = 0;
      return alterReply((reply, request) => {
        if (request?.method !== 'system.clock') return reply;
        count += 1;
        return count > 900 ? errorReply(reply.id, 1004, 'UNIMPLEMENTED', 'FEATURE') : reply;
      });
    },
  },
  {
    id: 'SYS-TIM-001/kept-reading',
    title: 'tells a reading again for five milliseconds',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/read-when-asked',
    defect: tells((now, told) => (told && now - told < 5n * MILLISECOND ? told : now)),
  },
  {
    id: 'SYS-TIM-001/stands-still',
    title: 'does not run while nobody asks',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/read-when-asked',
    defect: () => () => {
      let last: bigint | undefined;
      let asleep = 0n;
      return alterResult('system.clock', ({ nanoseconds, ...rest }) => {
        const now = BigInt(nanoseconds);
        if (last !== undefined && now - last > MILLISECOND) asleep += now - last - MILLISECOND;
        last = now;
        return { ...rest, nanoseconds: String(now - asleep) };
      });
    },
  },
  {
    id: 'SYS-TIM-001/leaps',
    title: 'is set forward by a second, once',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/read-when-asked',
    defect: tells((now, _told, count) => (count > 300 ? now + 1000n * MILLISECOND : now)),
  },
  {
    id: 'SYS-TIM-001/stopped',
    title: 'tells the same time for ever',
    requirement: 'SYS-TIM-001',
    breaks: 'SYS-TIM-001/read-when-asked',
    defect: tells((now, told) => told ?? now),
  },
  {
    id: 'SYS-TIM-002/fast',
    title: 'gains a second in a thousand',
    requirement: 'SYS-TIM-002',
    breaks: 'SYS-TIM-002/drift',
    defect: atRate(1_001_000n),
  },
  {
    id: 'SYS-TIM-002/slow',
    title: 'loses a second in a thousand',
    requirement: 'SYS-TIM-002',
    breaks: 'SYS-TIM-002/drift',
    defect: atRate(999_000n),
  },
];
