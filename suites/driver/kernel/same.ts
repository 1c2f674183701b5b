// States that what is done again and again leaves the same.
import { expect } from 'chai';
import type { ExpectationId } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import type { Held } from '../memory/routes.ts';
import type { Bench } from './bench.ts';

export const sameEachTime = async (
  { context }: Bench,
  expectation: ExpectationId,
  { allocation, bytes }: Held,
  times: number,
  act: () => Promise<void>,
): Promise<void> => {
  let first: string | undefined;
  for (let time = 1; time <= times; time += 1) {
    await act();
    const { sha256 } = await succeeds(context, expectation, 'driver.memory.digest', {
      allocation,
      offsetBytes: '0',
      lengthBytes: String(bytes.length),
    });
    first ??= sha256;
    const expected = first;
    context.expectation(
      expectation,
      { expected: `time ${time}: ${expected}`, observed: `time ${time}: ${sha256}` },
      () => expect(sha256).to.equal(expected),
    );
  }
};
