// A chapter of the standard as a page.
import { counted } from '../text.ts';
import { sitePage, Up } from './frame.tsx';
import { prose } from './prose.ts';

const TITLE = /^# (.*)$/m;

/** A chapter's title: its first heading. */
export const titleOf = (text: string): string => TITLE.exec(text)?.[1] ?? '';

/** The page of a chapter, from its Markdown. */
export const chapterPage = (file: string, text: string): string => {
  const { html, sections } = prose(text.replace(TITLE, ''));
  return sitePage({
    path: `standard/${file}`,
    title: titleOf(text),
    main: (
      <>
        <Up />
        <h1>{titleOf(text)}</h1>
        <details>
          <summary>{counted(sections.length, 'section', 'sections')}</summary>
          <ul class="inside">
            {sections.map(({ id, title }) => (
              <li>
                <a href={`#${id}`}>{title}</a>
              </li>
            ))}
          </ul>
        </details>
        <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />
      </>
    ),
  });
};
