// How far a level is reached as bars of rows: area by area of one run, and run by run of one product.
import type { ComponentChildren } from 'preact';
import type { LongRecord } from '../core/list.ts';
import type { Counts, Verdict } from '../schemas/generated/types.ts';
import { countsInWords, present, total } from './counts.ts';
import { areaCounts, rowCounts } from './coverage.ts';
import { areaOf } from './groups.ts';
import { Bar } from './html-verdict.tsx';
import { beganAt } from './product.ts';
import { counted, moment, oneLine, shorten } from './text.ts';
import { headline, levelName, VERDICTS, verdictWord } from './words.ts';

/** Runs that one still reads; the newest are shown. */
const RUNS = 30;
const VERSION_LIMIT = 40;

interface BarRow {
  readonly head: ComponentChildren;
  readonly counts: Counts;
  /** What stands behind the bar. */
  readonly end?: ComponentChildren;
}

/** A bar for each row, all on one scale; the words beside it say the same to who does not see it. */
const Bars = ({ titles, rows }: { titles: readonly string[]; rows: readonly BarRow[] }) => {
  const most = Math.max(1, ...rows.map(({ counts }) => total(counts)));
  return (
    <table class="bars">
      <thead>
        <tr>
          {titles.map((title) => (
            <th scope="col">{title}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ head, counts, end }) => (
          <tr>
            <th scope="row">{head}</th>
            <td>
              <div class="share">
                <div class="length">
                  <div style={`width:${((100 * total(counts)) / most).toFixed(1)}%`}>
                    <Bar counts={counts} />
                  </div>
                </div>
                <span>{countsInWords(counts)}</span>
              </div>
            </td>
            {end !== undefined && <td>{end}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

/** What the colours stand for, and how many there are of each in all where that is known. */
const Legend = ({ verdicts, counts }: { verdicts: readonly Verdict[]; counts?: Counts }) => (
  <ul class="legend">
    {verdicts.map((verdict) => (
      <li class={verdict}>
        {counts && `${counts[verdict]} `}
        {verdictWord(verdict)}
      </li>
    ))}
  </ul>
);

/** An area, and the way to its rows where the run has any: one that it left out is nowhere else on the page. */
const Area = ({ area, run }: { area: string; run: LongRecord }) =>
  run.requirements.some(({ id }) => areaOf(id) === area) ? (
    <a class="whole-word" href={`#?area=${encodeURIComponent(area)}`}>
      {area}
    </a>
  ) : (
    <span class="whole-word">{area}</span>
  );

/** Of each area of a run, how many rows came to which verdict. */
export const CoveragePart = ({ run }: { run: LongRecord }) => {
  const all = rowCounts(run);
  if (total(all) === 0) return null;
  return (
    <>
      <h2>Coverage by area</h2>
      <p class="soft">
        {counted(total(all), 'row', 'rows')} of {levelName(run)}:
      </p>
      <Legend verdicts={present(all)} counts={all} />
      <Bars
        titles={['Area', 'Rows']}
        rows={[...areaCounts(run)].map(([area, counts]) => ({
          head: <Area area={area} run={run} />,
          counts,
        }))}
      />
    </>
  );
};

const RunName = ({ run, isOwn }: { run: LongRecord; isOwn: boolean }) => {
  const version = run.subject.identity?.product.version;
  const notes = [
    ...(version === undefined ? [] : [`version ${shorten(oneLine(version), VERSION_LIMIT)}`]),
    ...(isOwn ? ['this run'] : []),
  ];
  const [day, ...time] = moment(run.run.startedAt).split(' ');
  return (
    <>
      <span class="whole-word">{day}</span> <span class="whole-word">{time.join(' ')}</span>
      <span class="over">{notes.join(', ')}</span>
    </>
  );
};

/** A run among others of its product, in the order of time; nothing where there are no others. */
export const HistoryPart = ({
  run,
  others,
}: {
  run: LongRecord;
  others: readonly LongRecord[];
}) => {
  if (others.length === 0) return null;
  const all = [...others, run].toSorted((one, other) => beganAt(one) - beganAt(other));
  const shown = all.slice(-RUNS).map((one) => ({ one, counts: rowCounts(one) }));
  const what = counted(all.length, 'run', 'runs');
  return (
    <>
      <h2>History</h2>
      <p class="soft">
        {all.length > RUNS ? `The newest ${RUNS} of ${what}` : what} of this product, as their
        records say: how many rows of the level came to which verdict.
      </p>
      <Legend
        verdicts={VERDICTS.filter((verdict) => shown.some(({ counts }) => counts[verdict] > 0))}
      />
      <Bars
        titles={['Run', 'Rows', 'Level']}
        rows={shown.map(({ one, counts }) => ({
          head: <RunName run={one} isOwn={one === run} />,
          counts,
          end: <span class={`word ${one.profile.outcome}`}>{headline(one)}</span>,
        }))}
      />
    </>
  );
};
