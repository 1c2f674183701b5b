// What a case sees of the memory that an endpoint holds: of all its processes, and again from the log.
import { platform } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL } from '../adapters/reference/driver.ts';
import type { Case } from '../core/case.ts';
import { profiles } from '../core/plan.ts';
import { readJournal } from '../runner/folder.ts';
import { residentBytes } from '../runner/resident-memory.ts';
import { judgeLive } from '../runner/selftest.ts';
import { launchOf, replayOf, runInto, temporaryFolder } from './support.ts';

const MEBIBYTE = 2 ** 20;

const asks: Case = {
  id: 'SYS-FRM-001/asks',
  title: 'asks how much memory is held',
  requirements: ['SYS-FRM-001'],
  expectations: ['SYS-FRM-001/held'],
  kind: 'own',
  run: async (context) => {
    const observed = context.resident();
    context.expectation('SYS-FRM-001/held', { expected: 'anything', observed }, () => {});
  },
};

describe('the memory that an endpoint holds', () => {
  it('is its own and that of what it started, and a replay sees the same', async function () {
    if (platform() !== 'linux') this.skip();
    const held: unknown[] = [];
    for (const name of ['holds-in-a-child', 'answers-twice']) {
      const folder = join(temporaryFolder(), 'run');
      const result = (await runInto(folder, launchOf(name), [asks])).get(asks.id);
      held.push(result?.attempts[0]?.expectations[0]?.observed);
      const replayed = await replayOf(folder, [asks]);
      expect(replayed.stopped).to.equal(undefined);
      expect(replayed.journal).to.deep.equal([...readJournal(folder)]);
    }
    const [more, less] = held.map(Number) as [number, number];
    expect(less).to.be.within(MEBIBYTE, 64 * MEBIBYTE);
    expect(more).to.be.within(less + 64 * MEBIBYTE, less + 128 * MEBIBYTE);
  });

  it('is nobody’s to tell where it is no process', async () => {
    const [profile] = profiles;
    if (!profile) throw new Error('the standard has no profile');
    const options = { profile, level: 1, seed: { value: 's', source: 'given' as const } };
    const { results } = await judgeLive(
      { ...options, cases: [asks] },
      inProcess(referenceAdapter(FULL)),
    );
    expect(results[0]?.attempts[0]?.expectations[0]?.observed).to.equal('no-process');
  });

  it('is not told of a process that is gone, or of none', () => {
    expect(residentBytes(undefined)).to.equal(undefined);
    expect(residentBytes(2 ** 22 + 1)).to.equal(undefined);
  });
});
