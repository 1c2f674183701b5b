// A temperature that stands still while a device works proves nothing either way: whole degrees may, and so does a sensor
// that is stuck.
import { expect } from 'chai';
import { inProcess } from '../adapters/kit/in-process.ts';
import { referenceAdapter } from '../adapters/reference/adapter.ts';
import { FULL } from '../adapters/reference/driver.ts';
import { everyCase } from '../cli/conformant.ts';
import { type Defect, withDefect } from '../core/mutant.ts';
import { judgeLive, PATIENT } from '../runner/selftest.ts';
import { alterMetric, TEMPERATURE } from '../suites/driver/mutants/telemetry.ts';

const verdictWith = async (alter: (value: number) => number): Promise<string> => {
  const defect = (): Defect =>
    alterMetric(TEMPERATURE, (metric) => ({ ...metric, value: alter(metric.value) }));
  const { results } = await judgeLive(
    { ...everyCase('sensors'), selects: (one) => one === 'DRV-TEL-005/temperature' },
    withDefect(inProcess(referenceAdapter(FULL)), defect),
    { deadlines: PATIENT, repeats: 0 },
  );
  return `${results[0]?.verdict} ${results[0]?.reason ?? ''}`.trim();
};

describe('a temperature', () => {
  it('that always is the same decides nothing', async () => {
    expect(await verdictWith(() => 41)).to.equal('inconclusive premise');
  });

  it('that is told in whole degrees passes as soon as it is another', async () => {
    expect(await verdictWith(Math.round)).to.equal('pass');
  });
});
