// Drivers that are wrong only after several right calls: the sequences find each, and show the shortest way
// to see it.
import { expect } from 'chai';
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL } from '../adapters/reference/driver.ts';
import { everyCase } from '../cli/conformant.ts';
import { withDefect } from '../core/mutant.ts';
import { judgeLive, PATIENT } from '../runner/selftest.ts';
import { sequenceMutants } from '../suites/driver/mutants/sequences.ts';
import { streamSequenceMutants } from '../suites/driver/mutants/stream-sequences.ts';

const MOST_CALLS = 6;

describe('sequences', () => {
  for (const { id, title, breaks, defect } of [...sequenceMutants, ...streamSequenceMutants]) {
    it(`${title}: found, in at most ${MOST_CALLS} calls`, async () => {
      const { results } = await judgeLive(
        {
          ...everyCase('sequences'),
          selects: (one) => one === breaks.replace('as-modelled', 'sequences'),
        },
        withDefect(inProcess(referenceAdapter(FULL)), defect()),
        { deadlines: PATIENT, repeats: 0 },
      );
      const [result] = results;
      const [broken] = (result?.attempts[0]?.expectations ?? []).filter(({ held }) => !held);
      expect(broken?.id, id).to.equal(breaks);
      const { after } = broken?.observed as { after: string[] };
      // A step is a call. An allocation is two: what fresh memory holds is not said, so it is written; and so is what a
      // stream takes from another: an event is recorded, and waited for.
      const calls = after.length + after.filter((step) => /allocate|takes/.test(step)).length;
      expect(calls, after.join(', ')).to.be.within(1, MOST_CALLS);
    });
  }

  it('ask the same for the same seed', async () => {
    const asked = async (): Promise<string> => {
      const { results } = await judgeLive(
        { ...everyCase('again'), selects: (one) => one === 'DRV-MEM-001/sequences' },
        withDefect(inProcess(referenceAdapter(FULL)), sequenceMutants[0]?.defect() ?? (() => ({}))),
        { deadlines: PATIENT, repeats: 0 },
      );
      return JSON.stringify(results[0]?.attempts[0]?.expectations);
    };
    expect(await asked()).to.equal(await asked());
  });
});
