// Two records side by side on a terminal: every difference in a line.
import type { Change, Comparison } from '../core/compare.ts';
import { COLUMNS, cut } from './columns.ts';
import { changeCounts, moveText, told } from './gate-words.ts';
import type { Style } from './summary.ts';

const shade = (change: Change, style: Style): ((text: string) => string) => {
  switch (change) {
    case 'worse':
      return style.red;
    case 'better':
      return style.green;
    case 'changed':
    case 'new':
    case 'gone':
      return style.yellow;
    case 'same':
      return style.dim;
    default:
      return change satisfies never;
  }
};

/** What differs, without a line break at its end. */
export const diffSummary = (comparison: Comparison, style: Style): string => {
  const differing = comparison.differences.filter((one) => one.change !== 'same');
  const cases = comparison.differences.filter((one) => one.kind === 'case').length;
  const head =
    differing.length === 0 ? `same: ${cases} cases` : `different: ${changeCounts(comparison)}`;
  return [
    style.bold(head),
    ...comparison.grounds.map(({ what, before, after }) =>
      style.dim(cut(`${what.padEnd(9)} ${before} -> ${after}`, COLUMNS)),
    ),
    ...told(differing).map(
      (one) =>
        `  ${shade(one.change, style)(one.change.padEnd(7))} ${one.id}  ${style.dim(moveText(one))}`,
    ),
  ].join('\n');
};
