// Several subjects of one run on one page: what each came to, and then requirement by requirement, with
// the way from every cell to its place in that subject's report.
import type { Verdict } from '../schemas/generated/types.ts';
import { linkTo } from './anchor.ts';
import {
  type ComparedRow,
  type Comparison,
  compare,
  mark,
  reportLink,
  type Subject,
} from './comparison.ts';
import { areaOf, grouped } from './groups.ts';
import { MeasuredPart } from './html-measured.tsx';
import { CountsBar } from './html-verdict.tsx';
import { OperatorsPart } from './operators/part.tsx';
import { OPERATORS_STYLE } from './operators/style.ts';
import { page, rendered } from './page.ts';
import { requirementOf } from './requirement.ts';
import { STYLE } from './style.ts';
import { COMPARISON_STYLE } from './style-comparison.ts';
import { PLOTS_STYLE } from './style-plots.ts';
import { counted, moment, shortenWords } from './text.ts';
import {
  adapterName,
  headline,
  isBad,
  isOpen,
  levelName,
  nativeShare,
  subjectName,
  verdictWord,
} from './words.ts';

const SubjectRow = ({ folder, record }: Subject) => {
  const adapter = adapterName(record);
  return (
    <tr>
      <td class="name">
        <a href={reportLink(folder)}>{subjectName(record)}</a>
        <p class="over">
          target {record.subject.target}
          {adapter && `, adapter ${adapter}`}, {moment(record.run.startedAt)}
        </p>
      </td>
      <td>
        <span class={`outcome word ${record.profile.outcome}`}>{headline(record)}</span>
      </td>
      <td>
        <CountsBar counts={record.summary} />
        <p class="over">{nativeShare(record)}.</p>
      </td>
    </tr>
  );
};

/** What needs looking at stands out; what passed, or does not apply, stays quiet. */
const Cell = ({
  verdict,
  id,
  subject,
}: {
  verdict: Verdict | undefined;
  id: string;
  subject: Subject;
}) => {
  if (verdict === undefined) return <td />;
  const loud = isBad(verdict) || isOpen(verdict);
  const href = reportLink(subject.folder) + linkTo(id);
  return (
    <td>
      <a
        class={`${loud ? 'chip' : 'quiet-mark'} ${verdict}`}
        href={href}
        title={verdictWord(verdict)}
      >
        {mark(verdict)}
      </a>
    </td>
  );
};

const Row = ({ row, subjects }: { row: ComparedRow; subjects: readonly Subject[] }) => {
  const text = requirementOf(row.id)?.text;
  return (
    <tr class={row.standing}>
      <th scope="row">
        <code>{row.id}</code>
        {text && <p class="soft">{shortenWords(text, 110)}</p>}
      </th>
      {row.verdicts.map((verdict, index) => {
        const subject = subjects[index];
        return subject && <Cell verdict={verdict} id={row.id} subject={subject} />;
      })}
    </tr>
  );
};

const Choice = ({ id, checked = false }: { id: string; checked?: boolean }) => (
  <input class="choice" type="radio" name="rows" id={id} checked={checked} />
);

/** A name that may go on in a second line behind a colon: columns are narrow. */
const Breakable = ({ name }: { name: string }) => {
  const [first, ...rest] = name.split(':');
  return (
    <>
      {first}
      {rest.map((part) => (
        <>
          :<wbr />
          {part}
        </>
      ))}
    </>
  );
};

/** The table. Which rows are seen is chosen by style alone, so that the page needs no script. */
const Matrix = ({ subjects, names, ownLevels, rows }: Comparison) => {
  const differ = rows.filter(({ standing }) => standing === 'differ').length;
  const short = rows.filter(({ standing }) => standing !== 'quiet').length;
  return (
    <>
      <h2>Requirement by requirement</h2>
      <Choice id="every" checked />
      <Choice id="differ" />
      <Choice id="short" />
      <p class="choices">
        <label for="every">every row: {rows.length}</label>
        <label for="differ">where they differ: {differ}</label>
        <label for="short">not passed by all: {short}</label>
      </p>
      <div class="wide">
        <table class="matrix">
          <thead>
            <tr>
              <th scope="col">requirement</th>
              {subjects.map(({ folder, record }, index) => (
                <th scope="col">
                  <a href={reportLink(folder)} title={subjectName(record)}>
                    <Breakable name={names[index] ?? ''} />
                  </a>
                  {ownLevels[index] && <span class="over">{ownLevels[index]}</span>}
                </th>
              ))}
            </tr>
          </thead>
          {[...grouped(rows, ({ id }) => areaOf(id))].map(([area, own]) => (
            <tbody>
              <tr>
                <th scope="rowgroup" colSpan={subjects.length + 1}>
                  {area}
                </th>
              </tr>
              {own.map((row) => (
                <Row row={row} subjects={subjects} />
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </>
  );
};

/** What a page that is one of several has around its own: the way to the others. */
export interface Around {
  /** HTML. */
  readonly before: string;
  readonly style: string;
}

/** The page of several subjects, in the order in which they are given. */
export const indexPage = (subjects: readonly Subject[], around?: Around): string => {
  const conformant = subjects.filter(
    ({ record }) => record.profile.outcome === 'conformant',
  ).length;
  const levels = [...new Set(subjects.map(({ record }) => levelName(record)))].join(', ');
  const comparison = compare(subjects);
  const title = `${counted(subjects.length, 'subject', 'subjects')}, ${conformant} conformant`;
  const named = subjects.map(({ record }, index) => ({
    name: comparison.names[index] ?? '',
    record,
  }));
  const body = rendered(
    <main>
      <p class="over">Conformance to {levels}, side by side</p>
      <h1>{title}</h1>
      <table class="subjects">
        <tbody>
          {subjects.map((subject) => (
            <SubjectRow {...subject} />
          ))}
        </tbody>
      </table>
      <Matrix {...comparison} />
      <OperatorsPart {...comparison} />
      <MeasuredPart subjects={named} />
    </main>,
  );
  const style = STYLE + PLOTS_STYLE + COMPARISON_STYLE + OPERATORS_STYLE + (around?.style ?? '');
  return [
    ...page({ title: `${levels}: ${title}`, style, body: [around?.before ?? '', body] }),
  ].join('');
};
