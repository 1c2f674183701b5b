// The record as one HTML file for people: the verdict first, then all that it rests on. What is found by its script
// is packed beside it: a small index of all cases, and their views in chunks that are opened when one is asked for.
import type { LongRecord } from '../core/list.ts';
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';
import { SCRIPT } from './built/script.ts';
import { type Cases, caseIndex, notPassed } from './case-index.ts';
import { caseView } from './case-view.ts';
import { type Excerpts, fittingExcerpts } from './excerpts.ts';
import { CoveragePart, HistoryPart } from './html-coverage.tsx';
import { FactsPart } from './html-facts.tsx';
import { MeasuredPart } from './html-measured.tsx';
import { RequirementsTable, WholeCase } from './html-requirements.tsx';
import { VerdictPart } from './html-verdict.tsx';
import { OperatorNearness } from './operators/nearness-table.tsx';
import { NEARNESS_STYLE } from './operators/style.ts';
import { page, rendered } from './page.ts';
import { packed } from './payload.ts';
import { STYLE } from './style.ts';
import { EXPLORER_STYLE } from './style-explorer.ts';
import { PLOTS_STYLE } from './style-plots.ts';
import { REPORT_STYLE } from './style-report.ts';
import { counted, shorten, shown } from './text.ts';
import { headline, subjectName } from './words.ts';

/** No text about the run itself is longer. */
const TEXT_LIMIT = 4000;
const TITLE_LIMIT = 200;
/** Cases that were not passed stand in the page itself up to so many characters; the script prints the others too. */
const WHOLE = 1_000_000;
/** A chunk of views, before it is packed: opened within a few milliseconds. */
const CHUNK = 256 * 1024;

const data = (kind: string, text: string, from = 0): string =>
  `<script type="application/octet-stream" class="${kind}" data-from="${from}">${text}</script>\n`;

/** The views of all cases, packed. */
function* chunks(
  record: RunRecord,
  results: readonly Result[],
  excerpts: Excerpts,
): Generator<string> {
  let from = 0;
  let held: string[] = [];
  let length = 0;
  for (const [index, result] of results.entries()) {
    const text = JSON.stringify(caseView(record, result, excerpts.get(result.case)));
    held.push(text);
    length += text.length;
    if (length < CHUNK && index + 1 < results.length) continue;
    yield data('views', packed(`[${held.join(',')}]`), from);
    from = index + 1;
    held = [];
    length = 0;
  }
}

/** Cases that were not passed, whole, as many as there is room for. */
function* wholeCases(record: RunRecord, cases: Cases, excerpts: Excerpts): Generator<string> {
  const places = notPassed(cases.index);
  if (places.length === 0) return;
  yield `<h2>${counted(places.length, 'case', 'cases')} not passed</h2>\n`;
  let room = WHOLE;
  for (const [nth, at] of places.entries()) {
    const result = cases.results[at];
    if (!result) continue;
    const text = rendered(<WholeCase view={caseView(record, result, excerpts.get(result.case))} />);
    room -= text.length;
    if (room < 0 && nth > 0) {
      const left = counted(places.length - nth, 'case', 'cases');
      yield `<div id="others" data-from="${nth}"><p>${left} more, which the script of this page shows.</p></div>`;
      return;
    }
    yield `${text}\n`;
  }
}

function* body(
  record: RunRecord,
  head: RunRecord,
  excerpts: Excerpts,
  others: readonly LongRecord[],
): Generator<string> {
  const cases = caseIndex(record);
  const fitting = fittingExcerpts(record.results, excerpts);
  yield '<main>\n';
  yield rendered(
    <>
      <VerdictPart record={head} />
      <CoveragePart run={head} />
      <HistoryPart run={head} others={others} />
    </>,
  );
  yield '\n<h2>Requirement by requirement</h2>\n<div id="explorer"></div>\n';
  // Before all that is long: it is there while the browser still reads the rest.
  yield data('index', packed(JSON.stringify(cases.index)));
  yield `<script>${SCRIPT}</script>\n`;
  yield '<div id="whole">\n';
  yield rendered(<RequirementsTable index={cases.index} />);
  yield* wholeCases(head, cases, fitting);
  yield '</div>\n';
  yield rendered(
    <>
      <MeasuredPart subjects={[{ name: '', record }]} />
      <OperatorNearness record={record} />
      <FactsPart record={head} />
    </>,
  );
  yield '\n</main>\n';
  yield* chunks(head, cases.results, fitting);
}

/** What is said of a run beside its results, no text of it too long. */
const headOf = (record: LongRecord): RunRecord => shown({ ...record, results: [] }, TEXT_LIMIT);

/**
 * The report, in pieces. `excerpts` has, by case id, what went over the wire in it; `others` are other runs of the
 * same product.
 */
export const html = (
  record: RunRecord,
  excerpts: Excerpts,
  others: readonly LongRecord[] = [],
): Iterable<string> => {
  const head = headOf(record);
  return page({
    title: `${headline(head)}, ${shorten(subjectName(head), TITLE_LIMIT)}`,
    style: STYLE + REPORT_STYLE + EXPLORER_STYLE + PLOTS_STYLE + NEARNESS_STYLE,
    script: SCRIPT,
    body: body(record, head, excerpts, others.map(headOf)),
  });
};
