// What cases measured on their way, as plots: a figure for each thing that was measured, of one subject or of several.
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { linkTo } from './anchor.ts';
import { isNearness } from './operators/nearness.ts';
import { type Plot, PlotFigure } from './plot.tsx';

/** So many plots, of so many series; the records have all. */
const PLOTS = 48;
const SERIES = 16;

interface Measured {
  readonly case: string;
  readonly plot: Plot & { readonly series: Plot['series'][number][] };
}

/** A subject, and what tells its series from those of others. */
export interface Named {
  readonly name: string;
  readonly record: RunRecord;
}

/** Everything measured, by its title, but what operators come to: the last attempt of each case counts. */
const measured = (subjects: readonly Named[]): Measured[] => {
  const found = new Map<string, Measured>();
  for (const { name, record } of subjects) {
    for (const result of record.results) {
      if (isNearness(result.case)) continue;
      const own = result.attempts.at(-1)?.measurements ?? [];
      for (const { title, of, form, x, y, points } of own) {
        const one = found.get(title) ?? {
          case: result.case,
          plot: { title, form, x, y, series: [] },
        };
        found.set(title, one);
        const several = own.some((other) => other.title === title && other.of !== of);
        const series = name && several ? `${name}, ${of}` : name || of;
        if (one.plot.series.length < SERIES) one.plot.series.push({ of: series, points });
      }
    }
  }
  return [...found.values()];
};

/** Plots of all that was measured; nothing where nothing was. Those of one subject lead to their cases. */
export const MeasuredPart = ({ subjects }: { subjects: readonly Named[] }) => {
  const all = measured(subjects);
  if (all.length === 0) return null;
  return (
    <>
      <h2>What was measured</h2>
      <p class="soft small">No verdict follows from these numbers.</p>
      <div class="plots">
        {all.slice(0, PLOTS).map(({ case: id, plot }) =>
          subjects.length > 1 ? (
            <PlotFigure plot={plot} />
          ) : (
            <a class="measured" href={linkTo(id)}>
              <PlotFigure plot={plot} />
            </a>
          ),
        )}
      </div>
    </>
  );
};
