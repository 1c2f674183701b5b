// The first page of a site: every product with the level it reached, who stands for that, and its reports.
import { STANDARD } from '../../schemas/generated/standard.ts';
import { badgeMarkup } from '../badge.ts';
import { countsMarkup } from '../html-verdict.ts';
import { type Markup, markup, type Part } from '../markup.ts';
import type { Standing } from '../standing.ts';
import { counted, moment, shortenWords } from '../text.ts';
import { adapterName, levelName, nativeShare, outcomeWord, subjectName } from '../words.ts';
import { sitePage } from './frame.ts';
import type { Product, SiteRun } from './registry.ts';

/** What lies in each run's folder, and what to call it. */
const FILES = [
  ['report.html', 'report'],
  ['report.md', 'Markdown'],
  ['record.json', 'record'],
  ['junit.xml', 'JUnit'],
  ['ctrf.json', 'CTRF'],
  ['badge.svg', 'badge'],
] as const;

/** A version may be a list of all that a product was built with. */
const LONGEST_NAME = 80;

const standingMarkup = (standing: Standing): Markup => {
  if (standing.kind === 'certified') {
    return markup`<p class="standing"><b class="word conformant">certified</b> by ${standing.by}, with the key <code>${standing.key}</code>${!standing.trusted && ', which nobody named as trusted when these pages were made'}</p>`;
  }
  const signed =
    standing.signedBy !== undefined &&
    markup`, signed with the key <code>${standing.signedBy}</code>`;
  return markup`<p class="standing"><b>self-declared</b>${signed}${standing.why !== undefined && ` (${standing.why})`}</p>`;
};

/** What a run is in the list of its product's. */
const historyRow = ({ folder, record, standing }: SiteRun): Markup => {
  const all = Object.values(record.summary).reduce((sum, count) => sum + count, 0);
  return markup`<tr><td><a href="./${folder}/report.html">${moment(record.run.startedAt)}</a></td>
<td>${record.subject.identity?.product.version ?? ''}</td>
<td><span class="word ${record.profile.outcome}">${outcomeWord(record)}</span>, ${standing.kind}</td>
<td>${record.summary.pass} of ${all} cases pass</td><td>${countsMarkup(record.summary)}</td></tr>
`;
};

const history = ({ runs }: Product): Part =>
  runs.length > 1 &&
  markup`<details><summary>${counted(runs.length, 'run', 'runs')}, the newest first</summary>
<div class="scroll" tabindex="0"><table class="history"><thead><tr><th scope="col">began</th><th scope="col">version</th><th scope="col">outcome</th><th scope="col">passes</th><th scope="col">verdicts</th></tr></thead>
<tbody>${runs.map(historyRow)}</tbody></table></div></details>`;

const productMarkup = (product: Product): Markup => {
  const { folder, record, standing, note } = product.newest;
  const adapter = adapterName(record);
  return markup`<article class="product">
<h2><a href="./${folder}/report.html">${shortenWords(subjectName(record), LONGEST_NAME)}</a></h2>
<p class="over">${adapter && `adapter ${adapter}, `}target ${record.subject.target}, ${moment(record.run.startedAt)}</p>
<p class="badge">${badgeMarkup(record, standing)}</p>
${standingMarkup(standing)}
${note !== undefined && markup`<p class="small">${note}</p>`}
${countsMarkup(record.summary)}
<p class="small soft">${nativeShare(record)}.</p>
<p class="small files">${FILES.map(([file, words]) => markup`<a href="./${folder}/${file}">${words}</a>`)}</p>
${history(product)}
</article>
`;
};

/** The page of all products. */
export const homePage = (products: readonly Product[]): string => {
  const conformant = products.filter(
    ({ newest }) => newest.record.profile.outcome === 'conformant',
  ).length;
  const levels = [...new Set(products.map(({ newest }) => levelName(newest.record)))].join(', ');
  const title = `${counted(products.length, 'product', 'products')}, ${conformant} conformant`;
  return sitePage({
    path: 'index.html',
    title: `${STANDARD.name} conformance: ${title}`,
    main: markup`<p class="over">Conformance to ${STANDARD.name} ${STANDARD.revision}: ${levels}</p>
<h1>${title}</h1>
<p class="soft">A product is here once for each profile and level that it was judged by. <b>Self-declared</b>: its maker ran the suite, or somebody else who had it at hand. <b>Certified</b>: a body gave out the data of the run, and its certificate was verified against all evidence, every verdict computed again. The evidence is not here; each record names it by its digests.</p>
${products.map(productMarkup)}`,
  });
};
