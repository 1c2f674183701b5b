// The standard's contents: its chapters, its groups of requirements, and everything that it names, to be searched.
import { ERRORS, METHODS, STANDARD } from '../../schemas/generated/standard.ts';
import type { Requirement } from '../../schemas/generated/types.ts';
import { type Markup, markup } from '../markup.ts';
import { counted } from '../text.ts';
import { sitePage } from './frame.ts';
import { methodPlace, requirementPlace } from './prose.ts';
import { SEARCH } from './search.ts';

export interface Chapter {
  readonly file: string;
  readonly title: string;
}

interface Named {
  readonly place: string;
  readonly name: string;
  readonly text: string;
}

const list = (title: string, named: readonly Named[]): Markup =>
  markup`<section class="names"><h2>${title}</h2><ul>${named.map(
    ({ place, name, text }) =>
      markup`<li><a href="${place}"><code>${name}</code></a> <span class="soft">${text}</span></li>
`,
  )}</ul></section>`;

/** The page of contents; every name is on it, and its script hides those that are not looked for. */
export const contentsPage = (
  chapters: readonly Chapter[],
  groups: ReadonlyMap<string, readonly Requirement[]>,
): string =>
  sitePage({
    path: 'standard/index.html',
    title: `${STANDARD.name} ${STANDARD.revision}`,
    script: SEARCH,
    main: markup`<p class="over">A proposed standard, a draft; frozen by the digest <code>${STANDARD.digest}</code></p>
<h1>${STANDARD.name} ${STANDARD.revision}</h1>
<form id="search" role="search" hidden><input type="search" placeholder="Find a requirement, a method or an error" aria-label="Find a requirement, a method or an error"><output></output></form>
<div id="contents"><h2>Chapters</h2>
<ul class="plain">${chapters.map(({ file, title }) => markup`<li><a href="${file}">${title}</a></li>`)}<li><a href="errors.html">Errors</a></li></ul>
<h2>Groups of requirements</h2>
<ul class="groups">${[...groups].map(([area, rows]) => markup`<li><a href="${area}.html">${area}</a> <span class="soft">${counted(rows.length, 'requirement', 'requirements')}</span></li>`)}</ul></div>
${list(
  'Requirements',
  [...groups.values()].flat().map(({ id, keyword, text }) => ({
    place: requirementPlace(id),
    name: id,
    text: `${keyword} ${text}`,
  })),
)}
${list(
  'Methods',
  Object.entries(METHODS).map(([name, { summary }]) => ({
    place: methodPlace(name),
    name,
    text: summary,
  })),
)}
${list(
  'Errors',
  ERRORS.map(({ canonical, reason, text }) => ({
    place: `errors.html#${reason}`,
    name: `${canonical}/${reason}`,
    text,
  })),
)}`,
  });
