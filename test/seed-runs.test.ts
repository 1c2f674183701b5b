// What a crowded machine left open in a selftest is asked again, and what was found stays found.
import { expect } from 'chai';
import { subjectsOf } from '../cli/conformant.ts';
import { type Departure, decided } from '../cli/seed-runs.ts';
import { temporaryFolder } from './support.ts';

const left = async (departures: readonly Departure[]): Promise<readonly Departure[]> => {
  const subjects = await subjectsOf(temporaryFolder(), undefined);
  const run = {
    endpoint: 'reference:host',
    seed: 'seed-1',
    cases: 'untimed',
    within: true,
  } as const;
  return (await decided({ ...run, departures }, subjects)).departures;
};

const departure = (id: string, verdict: Departure['verdict']): Departure => ({
  case: id,
  verdict,
  message: 'so it was',
});

describe('what a run of the selftest left open', () => {
  it('is asked again, of the endpoint that it was about', async () => {
    expect(await left([departure('SYS-LIF-002/pings', 'inconclusive')])).to.deep.equal([]);
  });

  it('leaves alone what was decided', async () => {
    const failed = departure('SYS-LIF-002/pings', 'fail');
    const open = departure('SYS-LIF-002/reads', 'inconclusive');
    expect(await left([failed, open])).to.deep.equal([failed]);
  });

  it('is not asked where nothing was', async () => {
    const failed = departure('no case', 'fail');
    expect(await left([failed])).to.deep.equal([failed]);
  });
});
