// One case in the HTML report: its verdict in a line, and behind it all that explains the verdict.
import type {
  Attempt,
  Result,
  Record as RunRecord,
  WireEntry,
} from '../schemas/generated/types.ts';
import { wireMarkup } from './html-wire.ts';
import { anchor, type Markup, markup, type Part } from './markup.ts';
import { counted, duration, shorten, sides } from './text.ts';
import { isBad, originWord, reasonText, reproduce, verdictWord } from './words.ts';

/** A value longer than this is cut: the record has all of it. */
const VALUE_LIMIT = 8000;
const CELL_LIMIT = 600;
/** Of what held in one attempt, no more rows than this. */
const ROWS = 60;

/** What a case is shown with. */
export interface CaseView {
  readonly record: RunRecord;
  readonly excerpt: readonly WireEntry[] | undefined;
  readonly open: boolean;
}

/** The verdict as a small label. */
export const chip = (verdict: Result['verdict']): Markup =>
  markup`<span class="chip ${verdict}">${verdictWord(verdict)}</span>`;

const figure = (caption: string, text: string): Markup => {
  const cut =
    text.length > VALUE_LIMIT && markup`<i class="small">Cut; the record has all of it.</i>`;
  return markup`<figure><figcaption>${caption}</figcaption><pre>${shorten(text, VALUE_LIMIT)}</pre>${cut}</figure>`;
};

/** Both sides of what decided, beside each other. */
const comparison = (result: Result): Part => {
  if (result.expected === undefined && result.observed === undefined) return undefined;
  const { expected, observed } = sides(result.expected, result.observed, 2);
  return markup`<div class="sides">${result.expected !== undefined && figure('Expected', expected)}${result.observed !== undefined && figure('Observed', observed)}</div>`;
};

/** The message, without the two sides where they stand beside it anyway. */
const message = (result: Result): Part => {
  if (result.message === '' || result.message === reasonText(result)) return undefined;
  const both = result.expected !== undefined && result.observed !== undefined;
  const decided = both ? /^(\S+): (?:expected|needed) /.exec(result.message)?.[1] : undefined;
  return decided === undefined
    ? markup`<p>${shorten(result.message, VALUE_LIMIT)}</p>`
    : markup`<p>Decided by <code>${decided}</code></p>`;
};

const expectation = (one: Attempt['expectations'][number]): Markup => {
  const { expected, observed } = sides(one.expected, one.observed);
  const seen =
    expected === observed && one.held
      ? markup`<i class="soft">as expected</i>`
      : markup`<code>${shorten(observed, CELL_LIMIT)}</code>`;
  const by = one.origin && markup`<br><span class="soft">from ${originWord(one.origin)}</span>`;
  return markup`<tr><td><code>${one.id}</code></td><td class="word ${one.held ? 'pass' : 'fail'}">${one.held ? 'held' : 'broken'}</td><td data-label="expected"><code>${shorten(expected, CELL_LIMIT)}</code></td><td data-label="observed">${seen}${by}</td></tr>`;
};

/** The expectations of an attempt: all that broke, and of a long sweep not all that held. */
const expectations = (all: Attempt['expectations']): Markup => {
  if (all.length === 0) return markup`<p class="soft">It reached no expectation.</p>`;
  const shown = all.filter((one, index) => !one.held || index < ROWS);
  const more =
    shown.length < all.length &&
    markup`<p class="soft">${counted(all.length - shown.length, 'other', 'others')} held; the record has all.</p>`;
  return markup`<table><thead><tr><th>Expectation<th><th>Expected<th>Observed</tr></thead><tbody>${shown.map(expectation)}</tbody></table>${more}`;
};

const attempt = (one: Attempt): Markup => {
  const how = [
    one.outcome,
    duration(one.durationMs),
    one.alone ? 'in a session of its own' : '',
    one.factor === 1 ? '' : `deadlines times ${one.factor}`,
  ].filter((part) => part !== '');
  return markup`<h5>Attempt ${one.attempt}: ${how.join(', ')}</h5>${expectations(one.expectations)}`;
};

const slices = (result: Result): Part => {
  if (result.wire.length === 0) return undefined;
  const shown = result.wire
    .slice(0, 6)
    .map(({ session, from, to }, index) => [
      index > 0 && '; ',
      markup`entries ${from} to ${to} of <code>${session}</code>`,
    ]);
  return markup`<h5>In the wire log</h5><p>${shown}${result.wire.length > 6 && ` and ${counted(result.wire.length - 6, 'other', 'others')}`}</p>`;
};

const body = (result: Result, view: CaseView): Markup => {
  const reason = reasonText(result);
  const held =
    result.heldBy.length > 0 &&
    markup`<p>The refusals that it expects came from ${result.heldBy.map(originWord).join(' and ')}.</p>`;
  const others =
    result.requirements.length > 1 && markup`<p>Decides ${result.requirements.join(', ')}.</p>`;
  const { excerpt, record } = view;
  const wire = excerpt?.length ? wireMarkup(excerpt, isBad(result.verdict)) : slices(result);
  return markup`<div class="body">${reason && markup`<p>${reason}</p>`}${message(result)}${held}${others}${comparison(result)}${result.attempts.map(attempt)}${wire}<h5>Reproduce</h5><code class="command">${reproduce(record, result.case)}</code></div>`;
};

/** One case, folded away unless `view.open`. */
export const caseMarkup = (result: Result, view: CaseView): Markup =>
  markup`<details class="case ${result.verdict}" id="${anchor('case', result.case)}" data-verdict="${result.verdict}"${view.open && markup` open`}><summary>${chip(result.verdict)}<span class="title">${result.title}<code>${result.case}</code></span><span class="time">${result.attempts.length > 0 && duration(result.durationMs)}</span></summary>${body(result, view)}</details>
`;
