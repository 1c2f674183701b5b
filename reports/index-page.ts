// Several subjects of one run on one page, each with the way to its report.
import type { Record as RunRecord } from '../schemas/generated/types.ts';
import { countsMarkup } from './html-verdict.ts';
import { type Markup, markup } from './markup.ts';
import { page } from './page.ts';
import { STYLE } from './style.ts';
import { counted, moment, visible } from './text.ts';
import {
  adapterName,
  levelName,
  nativeShare,
  outcomeSentence,
  outcomeWord,
  subjectName,
} from './words.ts';

export interface IndexEntry {
  /** The subject's run folder, relative to the page. */
  readonly folder: string;
  readonly record: RunRecord;
}

const INDEX_STYLE = `
article { padding: 1.4rem 0 1.5rem; border-top: 1px solid var(--line); break-inside: avoid; }
article h2 { margin: 0; }
article .bar { margin-top: 0.9rem; }
.outcome { font-weight: 600; }
h1 { margin-bottom: 1.6rem; }`;

/** A folder as a link: relative always, whatever its name looks like. */
const link = (folder: string): string =>
  `./${visible(folder).split(/[\\/]/).map(encodeURIComponent).join('/')}/report.html`;

const article = ({ folder, record }: IndexEntry): Markup => {
  const adapter = adapterName(record);
  return markup`<article>
<h2><a href="${link(folder)}">${subjectName(record)}</a></h2>
<p class="over">${adapter && `adapter ${adapter}, `}target ${record.subject.target}, ${moment(record.run.startedAt)}</p>
<p><span class="outcome word ${record.profile.outcome}">${levelName(record)}: ${outcomeWord(record)}</span></p>
<p class="small">${outcomeSentence(record)} <span class="soft">${nativeShare(record)}.</span></p>
${countsMarkup(record.summary)}
</article>
`;
};

/** The index of several subjects, in the order in which they are given. */
export const indexPage = (entries: readonly IndexEntry[]): string => {
  const conformant = entries.filter(
    (entry) => entry.record.profile.outcome === 'conformant',
  ).length;
  const title = `${counted(entries.length, 'subject', 'subjects')}, ${conformant} conformant`;
  return page({
    title,
    style: STYLE + INDEX_STYLE,
    body: markup`<main><p class="over">Causeway conformance reports</p><h1>${title}</h1>
${entries.map(article)}</main>`,
  });
};
