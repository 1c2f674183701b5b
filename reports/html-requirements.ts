// The requirements in the HTML report: what each asks and why, its verdict, and its cases.
import type { Result, Record as RunRecord } from '../schemas/generated/types.ts';
import { type Excerpts, fittingExcerpts } from './excerpts.ts';
import { firstToLookAt, groupsOf, type Row, requirementOf } from './groups.ts';
import { caseMarkup, chip } from './html-case.ts';
import { anchor, linkTo, type Markup, markup, type Part } from './markup.ts';
import { counted } from './text.ts';
import { isBad, isOpen, VERDICTS, verdictWord } from './words.ts';

/** Of one requirement's bad cases, so many are unfolded from the start. */
const UNFOLDED = 5;
/** With more cases than this in one requirement, those that passed are folded away by themselves. */
const MANY = 20;

const tally = (results: readonly Result[]): string => {
  const parts = VERDICTS.flatMap((verdict) => {
    const count = results.filter((result) => result.verdict === verdict).length;
    return count === 0 ? [] : [`${count.toLocaleString('en-US')} ${verdictWord(verdict)}`];
  });
  return `${counted(results.length, 'case', 'cases')}: ${parts.join(', ')}`;
};

/** A box of cases, those that were not as hoped first and the quiet ones behind a fold of their own. */
const cases = (results: readonly Result[], record: RunRecord, excerpts: Excerpts): Part => {
  if (results.length === 0) return undefined;
  const bad = results.filter((result) => isBad(result.verdict));
  const unfolded = new Set(bad.slice(0, UNFOLDED));
  const shown = (some: readonly Result[]): Markup[] =>
    some.map((result) =>
      caseMarkup(result, {
        record,
        excerpt: excerpts.get(result.case),
        open: unfolded.has(result),
      }),
    );
  const box = (some: readonly Result[], inner: Part): Markup =>
    markup`<details class="cases"${bad.length > 0 && some === results && markup` open`}><summary>${tally(some)}</summary>
${inner}</details>`;
  const loud = firstToLookAt(results);
  if (results.length <= MANY || loud.length === 0) return box(results, shown(results));
  const quiet = results.filter((result) => !isBad(result.verdict) && !isOpen(result.verdict));
  return box(results, [shown(loud), quiet.length > 0 && box(quiet, shown(quiet))]);
};

/** Cases that decide this requirement and are told with another. */
const elsewhere = (results: readonly Result[]): Part => {
  if (results.length === 0) return undefined;
  const links = results.map((result, index) => [
    index > 0 && ', ',
    markup`<a href="${linkTo('case', result.case)}"><code>${result.case}</code></a> (${verdictWord(result.verdict)})`,
  ]);
  return markup`<p class="small soft">Decided too by ${links}</p>`;
};

const row = ({ requirement, own, elsewhere: others }: Row, inner: Part): Markup => {
  const { id, keyword, verdict } = requirement;
  const declared = requirementOf(id);
  return markup`<section class="row" id="${anchor('row', id)}">
<h4><code>${id}</code><span class="keyword">${keyword}</span>${chip(verdict)}</h4>
<p>${declared?.text ?? 'This revision of the standard has no such requirement.'}</p>
${declared && markup`<p class="soft small">${declared.why}</p>`}
${own.length + others.length === 0 && markup`<p class="small soft">No case decides it.</p>`}
${inner}${elsewhere(others)}</section>
`;
};

/** The words to find a case by; shown by the page's script, since it does nothing without it. */
const filter = markup`<form id="filter" hidden>
<input type="search" placeholder="Find a case or requirement" aria-label="Find a case or requirement">
<select aria-label="Verdict"><option value="">every verdict</option>${VERDICTS.map((verdict) => markup`<option value="${verdict}">${verdictWord(verdict)}</option>`)}</select>
<output></output>
</form>`;

/** All requirements with their cases; then the cases whose requirements the record does not list. */
export const requirementsMarkup = (record: RunRecord, excerpts: Excerpts): Markup => {
  const { groups, unclaimed } = groupsOf(record);
  const fitting = fittingExcerpts(record.results, excerpts);
  const rest =
    unclaimed.length > 0 &&
    markup`<section><h3>Other cases</h3><section class="row">${cases(unclaimed, record, fitting)}</section></section>`;
  return markup`<h2>Requirement by requirement</h2>
${filter}
${groups.map(
  ({ area, rows }) => markup`<section><h3>${area}</h3>
${rows.map((one) => row(one, cases(one.own, record, fitting)))}</section>
`,
)}${rest}`;
};
