// The standard's contents: its chapters, its groups of requirements, and everything that it names, to be searched.
import { ERRORS, METHODS, STANDARD } from '../../schemas/generated/standard.ts';
import type { Requirement } from '../../schemas/generated/types.ts';
import { counted } from '../text.ts';
import { sitePage } from './frame.tsx';
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

const Names = ({ title, named }: { title: string; named: readonly Named[] }) => (
  <section class="names">
    <h2>{title}</h2>
    <ul>
      {named.map(({ place, name, text }) => (
        <li>
          <a href={place}>
            <code>{name}</code>
          </a>{' '}
          <span class="soft">{text}</span>
        </li>
      ))}
    </ul>
  </section>
);

const WHAT = 'Find a requirement, a method or an error';

/** The page of contents; every name is on it, and its script hides those that are not looked for. */
export const contentsPage = (
  chapters: readonly Chapter[],
  groups: ReadonlyMap<string, readonly Requirement[]>,
): string => {
  const requirements = [...groups.values()].flat().map(({ id, keyword, text }) => ({
    place: requirementPlace(id),
    name: id,
    text: `${keyword} ${text}`,
  }));
  const methods = Object.entries(METHODS).map(([name, { summary }]) => ({
    place: methodPlace(name),
    name,
    text: summary,
  }));
  const errors = ERRORS.map(({ canonical, reason, text }) => ({
    place: `errors.html#${reason}`,
    name: `${canonical}/${reason}`,
    text,
  }));
  return sitePage({
    path: 'standard/index.html',
    title: `${STANDARD.name} ${STANDARD.revision}`,
    script: SEARCH,
    main: (
      <>
        <p class="over">
          A proposed standard, a draft; frozen by the digest <code>{STANDARD.digest}</code>
        </p>
        <h1>
          {STANDARD.name} {STANDARD.revision}
        </h1>
        <form id="search" hidden>
          <input type="search" placeholder={WHAT} aria-label={WHAT} />
          <output />
        </form>
        <div id="contents">
          <h2>Chapters</h2>
          <ul class="plain">
            {[...chapters, { file: 'errors.html', title: 'Errors' }].map(({ file, title }) => (
              <li>
                <a href={file}>{title}</a>
              </li>
            ))}
          </ul>
          <h2>Groups of requirements</h2>
          <ul class="groups">
            {[...groups].map(([area, rows]) => (
              <li>
                <a href={`${area}.html`}>{area}</a>{' '}
                <span class="soft">{counted(rows.length, 'requirement', 'requirements')}</span>
              </li>
            ))}
          </ul>
        </div>
        <Names title="Requirements" named={requirements} />
        <Names title="Methods" named={methods} />
        <Names title="Errors" named={errors} />
      </>
    ),
  });
};
