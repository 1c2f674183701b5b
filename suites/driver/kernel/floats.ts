// How floats are judged: by the answers that are admitted, each of them to the bit.
import { expect } from 'chai';
import type { ExpectationId } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import type { Held } from '../memory/routes.ts';
import type { Bench } from './bench.ts';

/** The floats that memory begins with. */
export const readFloats = async (
  { context }: Bench,
  expectation: ExpectationId,
  { allocation }: Held,
  count: number,
): Promise<number[]> => {
  const { base64 } = await succeeds(context, expectation, 'driver.memory.read', {
    allocation,
    offsetBytes: '0',
    lengthBytes: count * 4,
  });
  const bytes = Buffer.from(base64, 'base64');
  return Array.from({ length: count }, (_, index) => bytes.readFloatLE(index * 4));
};

/** States that memory begins with floats each of which is one of those that are admitted. */
export const readsWithin = async (
  bench: Bench,
  expectation: ExpectationId,
  held: Held,
  admitted: readonly (readonly number[])[],
): Promise<void> => {
  const observed = await readFloats(bench, expectation, held, admitted.length);
  const wrong = observed.findIndex(
    (value, i) => !admitted[i]?.some((one) => Object.is(one, value)),
  );
  const at = Math.max(wrong, 0);
  bench.context.expectation(
    expectation,
    {
      expected: `${admitted.length} floats: at ${at} ${[...new Set(admitted[at])].join(' or ')}`,
      observed: `${admitted.length} floats: at ${at} ${observed[at]}`,
    },
    () => expect(wrong).to.equal(-1),
  );
};
