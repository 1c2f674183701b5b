// What is allocated and freed a thousand times leaves as much free as before: how a leak is told from what others do.
import { expect } from 'chai';
import type { Context, ExpectationId } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';

const FIRST_CYCLES = 100;
const FURTHER_CYCLES = 900;
/** Others may have allocated meanwhile: a leak loses memory each time, they do not. */
const ROUNDS = 3;

/** States it of `cycle`, which allocates and frees so many times. */
export const leaksNothing = async (
  context: Context,
  expectation: ExpectationId,
  { device, memory }: Device,
  cycle: (count: number) => Promise<void>,
): Promise<void> => {
  const granule = BigInt(memory.granularityBytes);
  const freeAfter = async (count: number): Promise<bigint> => {
    await cycle(count);
    const { freeBytes } = await context.given('driver.memory.info', { device });
    return BigInt(freeBytes);
  };
  let before = await freeAfter(FIRST_CYCLES);
  const lost: bigint[] = [];
  while (lost.length < ROUNDS && lost.every((bytes) => bytes > granule)) {
    const after = await freeAfter(FURTHER_CYCLES);
    lost.push(before - after);
    before = after;
  }
  context.expectation(
    expectation,
    {
      expected: `at most ${granule} bytes less after ${FURTHER_CYCLES} cycles`,
      observed: `less by ${lost.join(', then by ')}`,
    },
    () => expect(lost.some((bytes) => bytes <= granule)).to.equal(true),
  );
};
