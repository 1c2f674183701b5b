// The standard's requirements, a page for each of their groups: what each asks and why, how it is tried, and
// what every product of the site answered.
import type { Requirement } from '../../schemas/generated/types.ts';
import type { Comparison } from '../comparison.ts';
import { chip } from '../html-case.ts';
import { linkTo, type Markup, markup, type Part } from '../markup.ts';
import { counted } from '../text.ts';
import { sitePage } from './frame.ts';
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

const facts = (row: Requirement): Part =>
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

const caseItem = ({ id, title, expectations }: Tried['cases'][number]): Markup =>
  markup`<li><code>${id}</code><p>${title}</p><p class="small soft">expects ${expectations.map((one, index) => [index > 0 && ', ', markup`<code>${one}</code>`])}</p></li>`;

const mutantItem = ({ id, title, breaks }: Tried['mutants'][number]): Markup =>
  markup`<li><code>${id}</code><p>${title}</p><p class="small soft">breaks <code>${breaks}</code></p></li>`;

const tried = (row: Requirement, { cases, mutants }: Tried): Part => {
  if (row.untestable !== undefined)
    return markup`<p class="small">Untestable: ${row.untestable}</p>`;
  const own = cases.filter(({ requirements }) => requirements.includes(row.id));
  const bad = mutants.filter(({ requirement }) => requirement === row.id);
  return markup`<details><summary>${counted(own.length, 'case', 'cases')}</summary><ul class="tried">${own.map(caseItem)}</ul></details>
<details><summary>${counted(bad.length, 'mutant', 'mutants')} that its cases must catch</summary><ul class="tried">${bad.map(mutantItem)}</ul></details>`;
};

const answers = (id: string, { subjects, names, rows }: Comparison): Part => {
  const verdicts = rows.find((row) => row.id === id)?.verdicts ?? [];
  const items = subjects.flatMap(({ folder }, index) => {
    const verdict = verdicts[index];
    return verdict === undefined
      ? []
      : [
          markup`<li>${chip(verdict)} <a href="../${folder}/report.html${linkTo('row', id)}">${names[index]}</a></li>`,
        ];
  });
  return items.length > 0
    ? markup`<ul class="answers">${items}</ul>`
    : markup`<p class="small soft">No product here was asked this.</p>`;
};

/** The page of a group's requirements. */
export const groupPage = (
  area: string,
  rows: readonly Requirement[],
  means: Tried,
  comparison: Comparison,
): string =>
  sitePage({
    path: `standard/${area}.html`,
    title: `${area}: ${counted(rows.length, 'requirement', 'requirements')}`,
    main: markup`<p class="over"><a href="index.html">Standard</a></p><h1>${area}: ${counted(rows.length, 'requirement', 'requirements')}</h1>
<p class="soft">The subject of each text is the endpoint.</p>
${rows.map(
  (row) => markup`<section class="requirement" id="${row.id}">
<h2><a href="#${row.id}"><code>${row.id}</code></a> <span class="keyword">${row.keyword}</span></h2>
<p class="over">${facts(row)}</p>
<p>${phrase(row.text)}</p>
<p class="soft">Why: ${phrase(row.why)}</p>
${answers(row.id, comparison)}
${tried(row, means)}
</section>
`,
)}`,
  });
