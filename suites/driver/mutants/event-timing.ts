// Known-bad drivers: how long they say that work took (DRV-EVT-004 to -007).
import type { Mutant } from '../../../core/mutant.ts';
import { admitRefused, alterResult, hasNoRoomFor, noRoom, refuseServed } from '../../defects.ts';
import { forgets, LAUNCH, launchesOtherwise, withNumber } from './kernel-defects.ts';

const CREATE = 'driver.event.timing.create';
const ELAPSED = 'driver.event.timing.elapsed';

/** Says another time than it measured. */
const says = (change: (nanoseconds: number) => number): Mutant['defect'] => {
  return () => () =>
    alterResult(ELAPSED, (result) => ({
      ...result,
      nanoseconds: String(Math.round(change(Number(result.nanoseconds)))),
    }));
};

export const eventTimingMutants: readonly Mutant[] = [
  {
    id: 'DRV-EVT-004/runs-back',
    title: 'says how long before the start the end was',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/forward',
    defect: says((nanoseconds) => -nanoseconds),
  },
  {
    id: 'DRV-EVT-004/without-direction',
    title: 'says how far apart two events are, whichever was first',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/back',
    defect: says(Math.abs),
  },
  {
    id: 'DRV-EVT-004/a-bit-more',
    title: 'adds the time of its own asking to every part',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/adds-up',
    defect: says((nanoseconds) => nanoseconds + Math.sign(nanoseconds) * 100_000),
  },
  {
    id: 'DRV-EVT-004/other-resolution',
    title: 'declares another resolution each time',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/resolution',
    defect: () => () => {
      let asked = 0;
      return alterResult(ELAPSED, (result) => {
        asked += 1;
        return { ...result, resolutionNanoseconds: String(asked) };
      });
    },
  },
  {
    id: 'DRV-EVT-004/no-resolution',
    title: 'declares a resolution of nothing',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/resolution',
    defect: () => () =>
      alterResult(ELAPSED, (result) => ({ ...result, resolutionNanoseconds: '0' })),
  },
  {
    id: 'DRV-EVT-004/does-not-tell',
    title: 'refuses to say how long it was',
    requirement: 'DRV-EVT-004',
    breaks: 'DRV-EVT-004/told',
    defect: () => () => refuseServed(ELAPSED, noRoom),
  },
  {
    id: 'DRV-EVT-005/in-microseconds',
    title: 'tells microseconds for nanoseconds',
    requirement: 'DRV-EVT-005',
    breaks: 'DRV-EVT-005/agrees',
    defect: says((nanoseconds) => nanoseconds / 1000),
  },
  {
    id: 'DRV-EVT-005/half-as-fast',
    title: 'has a clock that is half as fast again',
    requirement: 'DRV-EVT-005',
    breaks: 'DRV-EVT-005/agrees',
    defect: says((nanoseconds) => nanoseconds * 1.6),
  },
  {
    id: 'DRV-EVT-005/leaves-waits-out',
    title: 'counts half of the time that a stream waits',
    requirement: 'DRV-EVT-005',
    breaks: 'DRV-EVT-005/agrees',
    defect: says((nanoseconds) => nanoseconds / 2),
  },
  {
    id: 'DRV-EVT-006/nothing',
    title: 'says that no time passed',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/scales',
    defect: says(() => 0),
  },
  {
    id: 'DRV-EVT-006/constant',
    title: 'says the same time of every launch',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/scales',
    defect: says(() => 5e6),
  },
  {
    id: 'DRV-EVT-006/first-part',
    title: 'counts the first ten milliseconds of a launch',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/scales',
    defect: says((nanoseconds) => Math.min(nanoseconds, 1e7)),
  },
  {
    id: 'DRV-EVT-006/square',
    title: 'says a time that grows with the square of the work',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/scales',
    defect: says((nanoseconds) => nanoseconds ** 2 / 1e6),
  },
  {
    id: 'DRV-EVT-006/root',
    title: 'says a time that grows with the root of the work',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/scales',
    defect: says((nanoseconds) => Math.sqrt(Math.max(0, nanoseconds)) * 1e3),
  },
  {
    id: 'DRV-EVT-006/from-the-first',
    title: 'counts from long before the start',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/scales',
    defect: says((nanoseconds) => nanoseconds + 1e8),
  },
  {
    id: 'DRV-EVT-006/round-less',
    title: 'ends long work a round early',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/computed',
    defect: () =>
      launchesOtherwise('chain', (params) => {
        withNumber(params.arguments[3], (rounds) => (rounds > 256 ? rounds - 1 : rounds));
      }),
  },
  {
    id: 'DRV-EVT-006/as-before',
    title: 'leaves work out that takes long, and keeps what an earlier launch came to',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/computed',
    defect: () => forgets('chain'),
  },
  {
    id: 'DRV-EVT-006/does-not-tell',
    title: 'refuses to say how long a launch took',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/told',
    defect: () => () => refuseServed(ELAPSED, noRoom),
  },
  {
    id: 'DRV-EVT-006/does-not-launch',
    title: 'has no room for launches',
    requirement: 'DRV-EVT-006',
    breaks: 'DRV-EVT-006/run',
    defect: () => hasNoRoomFor(LAUNCH),
  },
  {
    id: 'DRV-EVT-007/zero-for-untimed',
    title: 'says that no time passed between events that were not made for timing',
    requirement: 'DRV-EVT-007',
    breaks: 'DRV-EVT-007/untimed',
    defect: () => () =>
      admitRefused(({ reason }) => reason === 'TIMING_DISABLED', {
        nanoseconds: '0',
        resolutionNanoseconds: '1',
      }),
  },
  {
    id: 'DRV-EVT-007/early',
    title: 'says a time for what is not complete',
    requirement: 'DRV-EVT-007',
    breaks: 'DRV-EVT-007/not-complete',
    defect: () => () =>
      admitRefused(
        ({ reason }, request) => reason === 'EVENT_STATE' && request?.method === ELAPSED,
        { nanoseconds: '1000', resolutionNanoseconds: '1' },
      ),
  },
  {
    id: 'DRV-EVT-007/does-not-make',
    title: 'has no room for an event for timing',
    requirement: 'DRV-EVT-007',
    breaks: 'DRV-EVT-007/created',
    defect: () => () => refuseServed(CREATE, noRoom),
  },
];
