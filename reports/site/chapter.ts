// A chapter of the standard as a page.
import { markup } from '../markup.ts';
import { counted } from '../text.ts';
import { sitePage } from './frame.ts';
import { prose } from './prose.ts';

const TITLE = /^# (.*)$/m;

/** A chapter's title: its first heading. */
export const titleOf = (text: string): string => TITLE.exec(text)?.[1] ?? '';

/** The page of a chapter, from its Markdown. */
export const chapterPage = (file: string, text: string): string => {
  const { body, sections } = prose(text.replace(TITLE, ''));
  const items = sections.map(({ id, title }) => markup`<li><a href="#${id}">${title}</a></li>`);
  return sitePage({
    path: `standard/${file}`,
    title: titleOf(text),
    main: markup`<p class="over"><a href="index.html">Standard</a></p>
<h1>${titleOf(text)}</h1>
<details><summary>${counted(sections.length, 'section', 'sections')}</summary><ul class="inside">${items}</ul></details>
<div class="prose">${body}</div>`,
  });
};
