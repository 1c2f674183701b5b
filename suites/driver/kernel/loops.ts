// DRV-KRN-006: loops that go on for as long as they are told, where somebody may have set an end to all loops.
import { expect } from 'chai';
import type { Case, ExpectationId } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { Bench, devicesWithKernels, line, number, readWords, wordsOf } from './bench.ts';

const RUN = 'DRV-KRN-006/run';
const RESULT: ExpectationId = 'DRV-KRN-006/long-loops-result';

/** How many rounds a loop is to take: around where a count of 16 bits ends, and far beyond. */
const LEAST_ROUNDS = 10;
const ROUNDS = [LEAST_ROUNDS, LEAST_ROUNDS, 1000, 65_535, 65_536, 65_537, 1_000_000, 10_000_000];
/** What is given to `loops`: nothing makes a 0 into a 1, so that it takes all rounds; the others end by themselves. */
const GIVEN = [0, 1, 0, 27, 0];
const STEPS_OF_27 = 111;
/** A launch that is to take longer than this, in milliseconds, by what the one before it took, is not tried. */
const LONGEST = 3000;
/** How often that one is made again before, to see that it took so long: the quickest counts. */
const AGAIN = 2;

const longLoops: Case = {
  id: 'DRV-KRN-006/long-loops',
  title:
    'loops of 10 to 10 000 000 rounds take each of them, as far as the device comes in three seconds',
  requirements: ['DRV-KRN-006'],
  expectations: [RUN, RESULT],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const { kernel } = await bench.kernel(RUN, 'loops');
      const stream = await bench.stream();
      const source = await bench.holding(wordsOf(GIVEN));
      const target = await bench.holding(wordsOf(GIVEN.map(() => 0xa5a5a5a5)));
      /** Launches so many rounds, looks at what they left, and says how long they took, in milliseconds. */
      const launched = async (rounds: number): Promise<number> => {
        const before = context.now();
        await bench.launch(RUN, stream, {
          kernel,
          groups: line(GIVEN.length),
          groupSize: line(1),
          arguments: [
            { allocation: source.allocation },
            { allocation: target.allocation },
            number(GIVEN.length),
            number(rounds),
          ],
        });
        await bench.completes(RUN, stream);
        const took = context.now() - before;
        const { base64 } = await succeeds(context, RESULT, 'driver.memory.read', {
          allocation: target.allocation,
          offsetBytes: '0',
          lengthBytes: 4 * GIVEN.length,
        });
        const observed = readWords(Buffer.from(base64, 'base64'));
        const expected = GIVEN.map((x) => {
          if (x === 0) return rounds;
          return x === 1 ? 0 : Math.min(STEPS_OF_27, rounds);
        });
        context.expectation(RESULT, { expected, observed }, () =>
          expect(observed).to.deep.equal(expected),
        );
        return took;
      };
      /** Of a launch whose rounds are nothing, the first of which may compile. */
      let idle = Number.POSITIVE_INFINITY;
      let last = { rounds: 0, took: 0 };
      const perRound = (): number =>
        last.rounds > LEAST_ROUNDS ? (last.took - idle) / last.rounds : 0;
      for (const rounds of ROUNDS) {
        const isTooLong = (): boolean => perRound() * rounds > LONGEST;
        // One that was held up seems to take longer than it does, and would leave all that follow untried.
        for (let more = AGAIN; isTooLong() && more > 0; more -= 1) {
          last.took = Math.min(last.took, await launched(last.rounds));
        }
        if (isTooLong()) break;
        last = { rounds, took: await launched(rounds) };
        idle = Math.min(idle, last.took);
      }
      await bench.leave();
    }
  },
};

export const loopCases: readonly Case[] = [longLoops];
