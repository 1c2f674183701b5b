// What is open: a requirement with its cases, or a case with the clauses that it decides and all its evidence.
import type { ComponentChildren, RefObject } from 'preact';
import { useState } from 'preact/hooks';
import { linkTo } from '../anchor.ts';
import type { CaseIndex, Clause } from '../case-index.ts';
import type { CaseView, WireView } from '../case-view.ts';
import { Chip } from '../chip.tsx';
import { CaseBody } from '../html-case.tsx';
import { tally } from '../html-requirements.tsx';
import { Wire } from '../html-wire.tsx';
import { counted } from '../text.ts';
import { isBad } from '../words.ts';

/** A requirement names so many of its cases; the list has all. */
const CASES = 200;

const ClauseText = ({ clause }: { clause: Clause }) => (
  <blockquote>
    <p>{clause.text}</p>
    {clause.why && <p class="soft">{clause.why}</p>}
  </blockquote>
);

const CaseLinks = ({ index, ids }: { index: CaseIndex; ids: readonly string[] }) => (
  <ul class="links">
    {ids.slice(0, CASES).map((id) => {
      const at = index.ids.indexOf(id);
      return (
        <li key={id}>
          <Chip verdict={index.verdicts[at] ?? 'not-run'} />
          <a href={linkTo(id)}>{index.titles[at] ?? id}</a>
        </li>
      );
    })}
  </ul>
);

export const ClauseDetail = ({ index, clause }: { index: CaseIndex; clause: Clause }) => (
  <>
    <h3>
      <code>{clause.id}</code> <span class="keyword">{clause.keyword}</span>{' '}
      {clause.level > 0 && <span class="keyword">level {clause.level}</span>}{' '}
      <Chip verdict={clause.verdict} />
    </h3>
    <ClauseText clause={clause} />
    <h4>{tally(index, clause)}</h4>
    <CaseLinks index={index} ids={index.ids.slice(clause.from, clause.to)} />
    {clause.to - clause.from > CASES && (
      <p class="soft">
        {counted(clause.to - clause.from - CASES, 'more is', 'more are')} in the list.
      </p>
    )}
    {clause.elsewhere.length > 0 && (
      <>
        <h4>Decided too by</h4>
        <CaseLinks index={index} ids={clause.elsewhere} />
      </>
    )}
  </>
);

const Copy = ({ text }: { text: string }) => {
  const [copied, setCopied] = useState('');
  // A page that is no secure context has no clipboard; the command can be marked there.
  if (!navigator.clipboard) return null;
  return (
    <button
      type="button"
      onClick={() =>
        navigator.clipboard.writeText(text).then(
          () => setCopied(text),
          () => {},
        )
      }
    >
      {copied === text ? 'Copied' : 'Copy'}
    </button>
  );
};

const Exchange = ({ wire }: { wire: WireView }) => {
  const [raw, setRaw] = useState(false);
  return (
    <>
      <label class="choice">
        <input
          type="checkbox"
          checked={raw}
          onChange={(event) => setRaw(event.currentTarget.checked)}
        />{' '}
        as it was sent
      </label>
      <Wire wire={wire} raw={raw} />
    </>
  );
};

export const CaseDetail = ({ index, view }: { index: CaseIndex; view: CaseView }) => (
  <>
    <h3>
      {view.title} <Chip verdict={view.verdict} />
    </h3>
    <p class="soft small">
      <code>{view.id}</code>
      {view.took && `, took ${view.took}`}
    </p>
    {view.requirements.map((id) => {
      const clause = index.clauses.find((one) => one.id === id);
      return (
        <section key={id}>
          <h4>
            <a href={linkTo(id)}>{id}</a> {clause?.keyword}
          </h4>
          {clause && <ClauseText clause={clause} />}
        </section>
      );
    })}
    <CaseBody
      view={view}
      copy={<Copy text={view.reproduce} />}
      exchange={view.wire && <Exchange wire={view.wire} />}
    />
  </>
);

/** What stands there while nothing is open: how to go on, and what to look at first. */
export const Nothing = ({ index }: { index: CaseIndex }) => {
  const bad = index.ids.filter((_, at) => isBad(index.verdicts[at] ?? 'not-run'));
  return (
    <>
      {bad.length > 0 && (
        <>
          <h3>Look at first</h3>
          <CaseLinks index={index} ids={bad.slice(0, 12)} />
        </>
      )}
      <p class="soft small">
        <kbd>/</kbd> searches, <kbd>↓</kbd> <kbd>↑</kbd> go through the list, <kbd>Enter</kbd>{' '}
        opens, <kbd>Esc</kbd> closes.
      </p>
    </>
  );
};

/** The pane around what is open. */
export const Pane = ({
  id,
  pane,
  onClose,
  children,
}: {
  id: string;
  pane: RefObject<HTMLElement | null>;
  onClose: () => void;
  children: ComponentChildren;
}) => (
  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
  <section class="detail" ref={pane} tabIndex={0} aria-label={id === '' ? 'What to do' : id}>
    {id !== '' && (
      <button type="button" class="shut" onClick={onClose}>
        Close
      </button>
    )}
    {children}
  </section>
);
