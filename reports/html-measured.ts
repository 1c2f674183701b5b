// What cases measured on their way, in the HTML report: plots, a figure for each thing that was measured.
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { linkTo, type Markup, markup, type Part } from './markup.ts';
import { type Plot, plotMarkup } from './plot.ts';

/** So many plots, of so many series; the record has all. */
const PLOTS = 48;
const SERIES = 8;

interface Measured {
  readonly case: string;
  readonly plot: Plot & { series: Plot['series'][number][] };
}

/** What was measured, by its title: the last attempt of each case counts. */
const measured = (record: RunRecord): Measured[] => {
  const found = new Map<string, Measured>();
  for (const result of record.results) {
    for (const { title, of, form, x, y, points } of result.attempts.at(-1)?.measurements ?? []) {
      const own = found.get(title) ?? {
        case: result.case,
        plot: { title, form, x, y, series: [] },
      };
      found.set(title, own);
      if (own.plot.series.length < SERIES) own.plot.series.push({ of, points });
    }
  }
  return [...found.values()];
};

/** Plots of all that was measured; nothing where nothing was. */
export const measuredMarkup = (record: RunRecord): Part => {
  const all = measured(record);
  if (all.length === 0) return undefined;
  const shown = all.slice(0, PLOTS);
  const figures = shown.map(
    (one): Markup =>
      markup`<a class="measured" href="${linkTo('case', one.case)}">${plotMarkup(one.plot)}</a>`,
  );
  return markup`<h2>What was measured</h2>
<p class="soft small">No verdict follows from these numbers; the cases that found them are behind each plot.</p>
<div class="plots">${figures}</div>`;
};
