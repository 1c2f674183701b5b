// Several subjects of one run on one page: what each came to, and then requirement by requirement, with
// the way from every cell to its place in that subject's report.
import type { Verdict } from '../schemas/generated/types.ts';
import { type ComparedRow, type Comparison, compare, mark, type Subject } from './comparison.ts';
import { areaOf, grouped, requirementOf } from './groups.ts';
import { measuredMarkup } from './html-measured.ts';
import { countsMarkup } from './html-verdict.ts';
import { linkTo, type Markup, markup, type Part } from './markup.ts';
import { page } from './page.ts';
import { STYLE } from './style.ts';
import { COMPARISON_STYLE } from './style-comparison.ts';
import { PLOTS_STYLE } from './style-plots.ts';
import { counted, moment, shortenWords, visible } from './text.ts';
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

/** A folder's report as a link: relative always, whatever the folder's name looks like. */
const link = (folder: string): string =>
  `./${visible(folder).split(/[\\/]/).map(encodeURIComponent).join('/')}/report.html`;

const subjectRow = ({ folder, record }: Subject): Markup => {
  const adapter = adapterName(record);
  return markup`<tr><td class="name"><a href="${link(folder)}">${subjectName(record)}</a>
<p class="over">target ${record.subject.target}${adapter && `, adapter ${adapter}`}, ${moment(record.run.startedAt)}</p></td>
<td><span class="outcome word ${record.profile.outcome}">${headline(record)}</span></td>
<td>${countsMarkup(record.summary)}<p class="over">${nativeShare(record)}.</p></td></tr>
`;
};

/** What needs looking at stands out; what passed, or does not apply, stays quiet. */
const cell = (verdict: Verdict | undefined, id: string, subject: Subject): Markup => {
  if (verdict === undefined) return markup`<td></td>`;
  const loud = isBad(verdict) || isOpen(verdict);
  const look = loud ? 'chip' : 'quiet-mark';
  const href = link(subject.folder) + linkTo('row', id);
  return markup`<td><a class="${look} ${verdict}" href="${href}" title="${verdictWord(verdict)}">${mark(verdict)}</a></td>`;
};

const row = ({ id, verdicts, standing }: ComparedRow, subjects: readonly Subject[]): Markup => {
  const text = requirementOf(id)?.text;
  const cells = verdicts.map((verdict, index): Part => {
    const subject = subjects[index];
    return subject && cell(verdict, id, subject);
  });
  return markup`<tr class="${standing}"><th scope="row"><code>${id}</code>${text && markup`<p class="soft">${shortenWords(text, 110)}</p>`}</th>${cells}</tr>
`;
};

/** The table. Which rows are seen is chosen by style alone, so that the page needs no script. */
const matrix = ({ subjects, names, rows }: Comparison): Markup => {
  const differ = rows.filter(({ standing }) => standing === 'differ').length;
  const short = rows.filter(({ standing }) => standing !== 'quiet').length;
  const heads = subjects.map(
    ({ folder, record }, index) =>
      markup`<th scope="col"><a href="${link(folder)}" title="${subjectName(record)}">${names[index]}</a></th>`,
  );
  const areas = [...grouped(rows, ({ id }) => areaOf(id))].map(
    ([area, own]) => markup`<tbody>
<tr><th scope="rowgroup" colspan="${subjects.length + 1}">${area}</th></tr>
${own.map((one) => row(one, subjects))}</tbody>
`,
  );
  return markup`<h2>Requirement by requirement</h2>
<input class="choice" type="radio" name="rows" id="every" checked><input class="choice" type="radio" name="rows" id="differ"><input class="choice" type="radio" name="rows" id="short">
<p class="choices"><label for="every">every row: ${rows.length}</label><label for="differ">where they differ: ${differ}</label><label for="short">not passed by all: ${short}</label></p>
<div class="wide"><table class="matrix">
<thead><tr><th scope="col">requirement</th>${heads}</tr></thead>
${areas}</table></div>`;
};

/** What a page that is one of several has around its own: the way to the others. */
export interface Around {
  readonly before: Markup;
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
  return page({
    title: `${levels}: ${title}`,
    style: STYLE + PLOTS_STYLE + COMPARISON_STYLE + (around?.style ?? ''),
    body: markup`${around?.before}<main><p class="over">Conformance to ${levels}, side by side</p><h1>${title}</h1>
<table class="subjects"><tbody>
${subjects.map(subjectRow)}</tbody></table>
${matrix(comparison)}
${measuredMarkup(subjects.map(({ record }, index) => ({ name: comparison.names[index] ?? '', record })))}</main>`,
  });
};
