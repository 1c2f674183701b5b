// How near operators come, as a table of small histograms: by type in the report of one subject, by subject on the page
// of several. Drawn when the report is written, in the page's own colours.
import { linkTo } from '../anchor.ts';
import { reportLink, type Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { counted } from '../text.ts';
import { farthest, type Nearness, type NearnessRow, nearnessRows } from './nearness.ts';

const BAR = 5;
const HEIGHT = 20;

/** The end of a class as people write it. */
const upTo = (end: number): string => {
  if (end === 0) return 'exact';
  if (end === 0.5) return '½';
  if (end <= 1024) return String(end);
  return end === Number.MAX_VALUE ? 'farther' : `2^${Math.log2(end)}`;
};

/** The classes of the whole table, so that one place is one class everywhere. */
const classesOf = (rows: readonly NearnessRow[]): number[] =>
  [
    ...new Set(
      rows.flatMap(({ found }) => found.flatMap((one) => one?.points.map(({ x }) => x) ?? [])),
    ),
  ].sort((one, other) => one - other);

const Histogram = ({ nearness, classes }: { nearness: Nearness; classes: readonly number[] }) => {
  const { points } = nearness;
  const all = points.reduce((sum, { y }) => sum + y, 0) || 1;
  const bars = points
    .filter(({ y }) => y > 0)
    .map(({ x, y }) => {
      // Few are to be seen too: a root lifts what is small.
      const height = Math.max(1, Math.sqrt(y / all) * HEIGHT).toFixed(1);
      return `M${classes.indexOf(x) * BAR} ${HEIGHT}v-${height}h${BAR - 1}v${height}z`;
    })
    .join('');
  const words = points
    .filter(({ y }) => y > 0)
    .map(({ x, y }) => `${counted(y, 'element', 'elements')} ${x > 0 ? 'up to ' : ''}${upTo(x)}`)
    .join(', ');
  return (
    <svg
      viewBox={`0 0 ${classes.length * BAR} ${HEIGHT}`}
      width={classes.length * BAR}
      height={HEIGHT}
      role="img"
    >
      <title>{words}</title>
      <path class="floor" d={`M0 ${HEIGHT}h${classes.length * BAR}`} />
      <path d={bars} />
    </svg>
  );
};

interface Found {
  readonly nearness: Nearness | undefined;
  readonly classes: readonly number[];
  readonly report?: string;
}

const Cell = ({ nearness, classes, report = '' }: Found) => {
  if (!nearness) return <td />;
  return (
    <td>
      <Histogram nearness={nearness} classes={classes} />
      <a href={report + linkTo(nearness.case)}>{upTo(farthest(nearness))}</a>
    </td>
  );
};

const Words = ({ classes }: { classes: readonly number[] }) => (
  <p class="soft small">
    How many elements are how far from the exact result, in units in the last place, a bar for each
    class: {classes.map(upTo).join(', ')}. The number is the end of the last class that has any. Of
    a sum the unit is that of the sum of the sizes of its terms. Of float64 the result that is held
    to be exact was itself computed in binary64. No verdict follows from these numbers.
  </p>
);

/** In the report of one subject: operators by types. */
export const OperatorNearness = ({ record }: Pick<Subject, 'record'>) => {
  const rows = nearnessRows([record]);
  if (rows.length === 0) return null;
  const types = [...new Set(rows.map(({ type }) => type))];
  const classes = classesOf(rows);
  return (
    <>
      <h2>How near its operators come</h2>
      <Words classes={classes} />
      <div class="nearness">
        <table>
          <thead>
            <tr>
              <th scope="col">operator</th>
              {types.map((type) => (
                <th scope="col">{type}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {[...grouped(rows, ({ operator }) => operator)].map(([operator, own]) => (
              <tr>
                <th scope="row">{operator}</th>
                {types.map((type) => (
                  <Cell
                    nearness={own.find((one) => one.type === type)?.found[0]}
                    classes={classes}
                  />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
};

/** On the page of several: operators and types by subjects. */
export const SubjectsNearness = ({
  subjects,
  names,
}: {
  subjects: readonly Subject[];
  names: readonly string[];
}) => {
  const rows = nearnessRows(subjects.map(({ record }) => record));
  if (rows.length === 0) return null;
  const classes = classesOf(rows);
  return (
    <>
      <h2>How near they come</h2>
      <Words classes={classes} />
      <details>
        <summary>{counted(rows.length, 'row', 'rows')} of operators and types</summary>
        <div class="nearness">
          <table>
            <thead>
              <tr>
                <th scope="col">operator</th>
                {names.map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(({ operator, type, found }) => (
                <tr>
                  <th scope="row">
                    {operator} <span class="soft">{type}</span>
                  </th>
                  {subjects.map(({ folder }, index) => (
                    <Cell nearness={found[index]} classes={classes} report={reportLink(folder)} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </>
  );
};
