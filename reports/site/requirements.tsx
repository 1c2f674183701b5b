// The standard's requirements, a page for each of their groups: what each asks and why, how it is tried, and
// what every product of the site answered.
import type { Requirement } from '../../schemas/generated/types.ts';
import { linkTo } from '../anchor.ts';
import { Chip } from '../chip.tsx';
import type { Comparison } from '../comparison.ts';
import { counted } from '../text.ts';
import { sitePage, Up } from './frame.tsx';
import { phrase } from './prose.ts';

/** What tries requirements, as it is told here. */
export interface Tried {
  readonly cases: readonly {
    readonly id: string;
    readonly title: string;
    readonly requirements: readonly string[];
    readonly expectations: readonly string[];
  }[];
  readonly mutants: readonly {
    readonly id: string;
    readonly title: string;
    readonly requirement: string;
    readonly breaks: string;
  }[];
}

const factsOf = (row: Requirement): string =>
  [
    `level ${row.level}`,
    `since ${row.since}`,
    row.needs !== undefined && `needs ${row.needs}`,
    row.native === true && 'only the product’s own answer counts',
    row.handles === true && 'about handles: outside the native share',
    ...(row.admits ?? []).map(
      ({ canonical, origin }) => `admits ${canonical}${origin ? ` from ${origin}` : ''}`,
    ),
  ]
    .filter((one) => one !== false)
    .join(', ');

const CaseItem = ({ id, title, expectations }: Tried['cases'][number]) => (
  <li>
    <code>{id}</code>
    <p>{title}</p>
    <p class="small soft">
      expects{' '}
      {expectations.map((one, index) => (
        <>
          {index > 0 && ', '}
          <code>{one}</code>
        </>
      ))}
    </p>
  </li>
);

const MutantItem = ({ id, title, breaks }: Tried['mutants'][number]) => (
  <li>
    <code>{id}</code>
    <p>{title}</p>
    <p class="small soft">
      breaks <code>{breaks}</code>
    </p>
  </li>
);

const TriedPart = ({ row, means: { cases, mutants } }: { row: Requirement; means: Tried }) => {
  if (row.untestable !== undefined) return <p class="small">Untestable: {row.untestable}</p>;
  const own = cases.filter(({ requirements }) => requirements.includes(row.id));
  const bad = mutants.filter(({ requirement }) => requirement === row.id);
  return (
    <>
      <details>
        <summary>{counted(own.length, 'case', 'cases')}</summary>
        <ul class="tried">
          {own.map((one) => (
            <CaseItem {...one} />
          ))}
        </ul>
      </details>
      <details>
        <summary>{counted(bad.length, 'mutant', 'mutants')} that its cases must catch</summary>
        <ul class="tried">
          {bad.map((one) => (
            <MutantItem {...one} />
          ))}
        </ul>
      </details>
    </>
  );
};

const Answers = ({ id, comparison }: { id: string; comparison: Comparison }) => {
  const { subjects, names, rows } = comparison;
  const verdicts = rows.find((row) => row.id === id)?.verdicts ?? [];
  if (verdicts.every((verdict) => verdict === undefined)) {
    return <p class="small soft">No product here was asked this.</p>;
  }
  return (
    <ul class="answers">
      {subjects.map(({ folder }, index) => {
        const verdict = verdicts[index];
        return (
          verdict && (
            <li>
              <Chip verdict={verdict} />{' '}
              <a href={`../${folder}/report.html${linkTo(id)}`}>{names[index]}</a>
            </li>
          )
        );
      })}
    </ul>
  );
};

/** Our own prose, which the renderer of Markdown has made safe. */
const own = (html: string) => ({ dangerouslySetInnerHTML: { __html: html } });

/** The page of a group's requirements. */
export const groupPage = (
  area: string,
  rows: readonly Requirement[],
  means: Tried,
  comparison: Comparison,
): string => {
  const title = `${area}: ${counted(rows.length, 'requirement', 'requirements')}`;
  return sitePage({
    path: `standard/${area}.html`,
    title,
    main: (
      <>
        <Up />
        <h1>{title}</h1>
        <p class="soft">The subject of each text is the endpoint.</p>
        {rows.map((row) => (
          <section class="requirement" id={row.id}>
            <h2>
              <a href={`#${row.id}`}>
                <code>{row.id}</code>
              </a>{' '}
              <span class="keyword">{row.keyword}</span>
            </h2>
            <p class="over">{factsOf(row)}</p>
            <p {...own(phrase(row.text))} />
            <p class="soft" {...own(`Why: ${phrase(row.why)}`)} />
            <Answers id={row.id} comparison={comparison} />
            <TriedPart row={row} means={means} />
          </section>
        ))}
      </>
    ),
  });
};
