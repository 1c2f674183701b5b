// `causeway diff`: two runs side by side, whatever they were made for.
import { compare } from '../core/compare.ts';
import { wholeRecord } from '../core/list.ts';
import { diffSummary } from '../reports/diff-summary.ts';
import { holdRecord } from './records.ts';
import { styleFor } from './style.ts';

const style = styleFor(process.stdout);

/** The command: 0 same, 1 different, 5 where a record is not what its evidence makes it. */
export const diffCommand = (before: string, after: string, json: boolean): number => {
  const sides = [holdRecord(before, 'the first'), holdRecord(after, 'the second')];
  const [first, second] = sides.map((one) => one.record);
  const distrust = sides.flatMap((one) => one.distrust);
  if (!first || !second || distrust.length > 0) {
    for (const text of distrust) process.stderr.write(`causeway: ${text}\n`);
    return 5;
  }
  const comparison = compare(wholeRecord(first), wholeRecord(second));
  const differences = comparison.differences.filter((one) => one.change !== 'same');
  const outcome = differences.length === 0 ? 'same' : 'different';
  const told = { format: 'causeway-diff/1', outcome, grounds: comparison.grounds, differences };
  const text = json ? JSON.stringify(told, null, 2) : diffSummary(comparison, style);
  process.stdout.write(`${text}\n`);
  return outcome === 'same' ? 0 : 1;
};
