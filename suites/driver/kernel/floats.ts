// How floats are judged: by the answers that are admitted, each of them to the bit.
import { expect } from 'chai';
import type { ExpectationId } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import type { Held } from '../memory/routes.ts';
import type { Bench } from './bench.ts';

/** States that memory begins with floats each of which is one of those that are admitted. */
export const readsWithin = async (
  { context }: Bench,
  expectation: ExpectationId,
  { allocation }: Held,
  admitted: readonly (readonly number[])[],
): Promise<void> => {
  const { base64 } = await succeeds(context, expectation, 'driver.memory.read', {
    allocation,
    offsetBytes: '0',
    lengthBytes: admitted.length * 4,
  });
  const bytes = Buffer.from(base64, 'base64');
  const observed = admitted.map((_, index) => bytes.readFloatLE(index * 4));
  const wrong = observed.findIndex(
    (value, i) => !admitted[i]?.some((one) => Object.is(one, value)),
  );
  const at = Math.max(wrong, 0);
  context.expectation(
    expectation,
    {
      expected: `${admitted.length} floats: at ${at} ${[...new Set(admitted[at])].join(' or ')}`,
      observed: `${admitted.length} floats: at ${at} ${observed[at]}`,
    },
    () => expect(wrong).to.equal(-1),
  );
};
