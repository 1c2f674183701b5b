// Cases as data that each ask one thing: what a case costs beside the work that it does.
import { expect } from 'chai';
import type { Case } from '../core/case.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import type { Plan } from '../schemas/generated/types.ts';

/** A case is named for a row; these decide nothing of it. */
const ROW = 'SYS-LIF-002';
const ANSWERED = `${ROW}/answered` as const;

export const pings = (count: number): readonly Case[] =>
  Array.from(
    { length: count },
    (_, index): Case => ({
      id: `${ROW}/ping-${index + 1}`,
      title: `ping ${index + 1} is answered`,
      kind: 'shared',
      requirements: [ROW],
      expectations: [ANSWERED],
      run: async (context) => {
        const answer = await context.attempt(ANSWERED, 'system.ping', {});
        const observed = answer.kind === 'result' ? answer.result : answer.error;
        context.expectation(ANSWERED, { expected: {}, observed }, () =>
          expect(observed).to.deep.equal({}),
        );
      },
    }),
  );

export const planOf = (cases: readonly Case[]): Plan => {
  const [profile] = profiles;
  if (!profile) throw new Error('the standard has no profile');
  return makePlan({
    suite: { name: 'bench', version: '1' },
    profile,
    level: 3,
    seed: { value: 'bench', source: 'given' },
    cases,
  });
};
