// A table of operators by subjects: in each cell how many types pass, fail or are not offered, and which they are.
import { Fragment } from 'preact';
import { linkTo } from '../anchor.ts';
import { reportLink, type Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { isBad } from '../words.ts';
import type { OperatorCell, OperatorRow, State, TypeStanding } from './standing.ts';

/** The shapes are told apart without colour. In the order in which a cell has them. */
const SIGNS: { readonly [S in State]: { sign: string; word: string; look: string } } = {
  fail: { sign: '✗', word: 'wrong', look: 'fail' },
  missing: { sign: '∅', word: 'missing', look: 'fail' },
  error: { sign: '!', word: 'not judged for an error', look: 'error' },
  inconclusive: { sign: '?', word: 'unclear', look: 'inconclusive' },
  'not-run': { sign: '…', word: 'not run', look: 'not-run' },
  pass: { sign: '✓', word: 'as defined', look: 'pass' },
  'not-applicable': { sign: '–', word: 'not offered', look: 'not-applicable' },
};

const STATES = Object.keys(SIGNS) as State[];

const Count = ({ state, types }: { state: State; types: readonly TypeStanding[] }) => {
  const { sign, word, look } = SIGNS[state];
  return (
    <span class={`count ${look}`} title={`${word}: ${types.map(({ type }) => type).join(', ')}`}>
      <span aria-hidden="true">{sign}</span> {types.length}
      <span class="unseen"> {word}</span>
    </span>
  );
};

/** The types in one state: what is not well leads to its case. */
const Types = ({
  state,
  types,
  report,
}: {
  state: State;
  types: readonly TypeStanding[];
  report: string;
}) => (
  <li>
    <span class={`word ${SIGNS[state].look}`}>{SIGNS[state].word}:</span>{' '}
    {types.map(({ type, case: id }, index) => (
      <Fragment key={type}>
        {index > 0 && ', '}
        {state === 'pass' || state === 'not-applicable' ? (
          type
        ) : (
          <a href={report + linkTo(id)}>{type}</a>
        )}
      </Fragment>
    ))}
  </li>
);

const Cell = ({ cell, subject }: { cell: OperatorCell | undefined; subject: Subject }) => {
  if (!cell) return <td />;
  const report = reportLink(subject.folder);
  const byState = grouped(cell.types, ({ state }) => state);
  const found = STATES.flatMap((state) => {
    const types = byState.get(state);
    return types ? [{ state, types }] : [];
  });
  const isToOpen = (state: State): boolean => state === 'missing' || isBad(state);
  const bad = found.filter(({ state }) => isToOpen(state));
  const rest = found.filter(({ state }) => !isToOpen(state));
  return (
    <td>
      {cell.bad !== undefined && (
        <a class="chip fail" href={report + linkTo(cell.bad)}>
          {bad.length > 0 ? bad.map((one) => <Count {...one} />) : cell.bad}
        </a>
      )}
      <details>
        <summary>
          {rest.length > 0 ? (
            rest.map((one) => <Count {...one} />)
          ) : (
            <span class="soft">types</span>
          )}
        </summary>
        <ul>
          {found.map((one) => (
            <Types {...one} report={report} />
          ))}
        </ul>
      </details>
    </td>
  );
};

const Key = () => (
  <p class="soft small key">
    How many types of an operator are{' '}
    {STATES.map((state, index) => (
      <Fragment key={state}>
        {index > 0 && ', '}
        <span class={`word ${SIGNS[state].look}`} aria-hidden="true">
          {SIGNS[state].sign}
        </span>{' '}
        {SIGNS[state].word}
      </Fragment>
    ))}
    : missing is what level 1 asks for, and what is not offered it does not ask for. A cell opens to
    say which types they are; what failed leads to its case.
  </p>
);

export interface OperatorTable {
  readonly subjects: readonly Subject[];
  readonly names: readonly string[];
  readonly rows: readonly OperatorRow[];
}

const CHOICES = {
  every: 'every operator',
  differ: 'where they differ',
  short: 'not passed by all',
} as const;

/** Which rows are seen is chosen by style alone, as of requirements. */
export const OperatorMatrix = ({ subjects, names, rows }: OperatorTable) => {
  const counts = {
    every: rows.length,
    differ: rows.filter(({ standing }) => standing === 'differ').length,
    short: rows.filter(({ standing }) => standing !== 'quiet').length,
  };
  const choices = Object.entries(CHOICES) as [keyof typeof CHOICES, string][];
  return (
    <section>
      <h2>Operator by operator</h2>
      {choices.map(([id], index) => (
        <input
          class="choice"
          type="radio"
          name="operators"
          id={`operators-${id}`}
          checked={index === 0}
        />
      ))}
      <p class="choices">
        {choices.map(([id, word]) => (
          <label for={`operators-${id}`}>
            {word}: {counts[id]}
          </label>
        ))}
      </p>
      <Key />
      <div class="wide">
        <table class="matrix operators">
          <thead>
            <tr>
              <th scope="col">operator</th>
              {subjects.map(({ folder, record }, index) => (
                <th scope="col">
                  <a href={reportLink(folder)} title={record.subject.target}>
                    {names[index]}
                  </a>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ operator, cells, standing }) => (
              <tr class={standing}>
                <th scope="row">{operator}</th>
                {cells.map((cell, index) => {
                  const subject = subjects[index];
                  return subject && <Cell cell={cell} subject={subject} />;
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
