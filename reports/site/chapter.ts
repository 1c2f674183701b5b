// A chapter of the standard as a page.
import { markup } from '../markup.ts';
import { sitePage } from './frame.ts';
import { prose } from './prose.ts';

/** A chapter's title: its first heading. */
export const titleOf = (text: string): string => /^# (.*)$/m.exec(text)?.[1] ?? '';

/** The page of a chapter, from its Markdown. */
export const chapterPage = (file: string, text: string): string =>
  sitePage({
    path: `standard/${file}`,
    title: titleOf(text),
    main: markup`<p class="over"><a href="index.html">Standard</a></p>
<div class="prose">${prose(text)}</div>`,
  });
