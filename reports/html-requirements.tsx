// The requirements in the HTML report as they stand without its script, and on paper: a table of all, and every case
// that was not passed, whole, as far as a page can hold them.
import { linkTo } from './anchor.ts';
import type { CaseIndex, Clause } from './case-index.ts';
import type { CaseView } from './case-view.ts';
import { Chip } from './chip.tsx';
import { countsInWords, countsOf } from './counts.ts';
import { areaOf, grouped } from './groups.ts';
import { CaseBody } from './html-case.tsx';
import { counted } from './text.ts';

/** The table names so many cases; the script finds all. */
const NAMED = 1000;

/** `3 cases: 2 pass, 1 fail`. */
export const tally = ({ verdicts }: CaseIndex, { from, to }: Clause): string => {
  const own = verdicts.slice(from, to);
  return own.length === 0
    ? 'no case of its own'
    : `${counted(own.length, 'case', 'cases')}: ${countsInWords(countsOf(own))}`;
};

const Names = ({ index, clause }: { index: CaseIndex; clause: Clause }) => (
  <details class="names">
    <summary>{tally(index, clause)}</summary>
    <ul>
      {index.ids.slice(clause.from, clause.to).map((id, at) => (
        <li>
          {index.titles[clause.from + at]} <code>{id}</code>
        </li>
      ))}
    </ul>
  </details>
);

const Requirement = ({ index, clause }: { index: CaseIndex; clause: Clause }) => (
  <tr id={clause.id}>
    <th scope="row">
      <code>{clause.id}</code> <span class="keyword">{clause.keyword}</span>
      <p>{clause.text}</p>
      {clause.to > clause.from && clause.to <= NAMED ? (
        <Names index={index} clause={clause} />
      ) : (
        <p class="soft">{tally(index, clause)}</p>
      )}
    </th>
    <td>
      <Chip verdict={clause.verdict} />
    </td>
  </tr>
);

export const RequirementsTable = ({ index }: { index: CaseIndex }) => (
  <table class="requirements">
    <thead>
      <tr>
        <th scope="col">Requirement</th>
        <th scope="col">Verdict</th>
      </tr>
    </thead>
    {[...grouped(index.clauses, ({ id }) => areaOf(id))].map(([area, clauses]) => (
      <tbody>
        <tr>
          <th scope="rowgroup" colSpan={2}>
            {area}
          </th>
        </tr>
        {clauses.map((clause) => (
          <Requirement index={index} clause={clause} />
        ))}
      </tbody>
    ))}
  </table>
);

/** A case that was not passed, on paper. */
export const WholeCase = ({ view }: { view: CaseView }) => (
  <article class={`whole ${view.verdict}`} id={view.id}>
    <h3>
      <Chip verdict={view.verdict} /> {view.title} <code>{view.id}</code>
    </h3>
    <p class="soft small">
      Decides{' '}
      {view.requirements.map((id, index) => (
        <>
          {index > 0 && ', '}
          <a href={linkTo(id)}>{id}</a>
        </>
      ))}
      {view.took && `; took ${view.took}`}.
    </p>
    <CaseBody view={view} />
  </article>
);
