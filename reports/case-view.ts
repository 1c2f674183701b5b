// All that a report shows of one case, as plain texts: made once, cut to what a page can hold, and shown alike by
// the report's static part and by its script.
import type {
  Attempt,
  Result,
  Record as RunRecord,
  Verdict,
  WireEntry,
} from '../schemas/generated/types.ts';
import { abridged, LINE_LIMIT } from './excerpts.ts';
import { counted, duration, shorten, shown, sides } from './text.ts';
import { originWord, reasonText, reproduce } from './words.ts';

/** A value longer than this is cut: the record has all of it. */
const VALUE_LIMIT = 8000;
const CELL_LIMIT = 600;
const NAME_LIMIT = 400;
/** Of what held in one attempt, no more rows than this. */
const ROWS = 60;
/** Of the places in the wire log, no more than this. */
const PLACES = 6;

export interface ExpectationView {
  readonly id: string;
  readonly held: boolean;
  readonly expected: string;
  /** Absent where it was as expected. */
  readonly observed?: string;
  /** Who refused. */
  readonly from?: string;
}

export interface AttemptView {
  readonly title: string;
  readonly expectations: readonly ExpectationView[];
  /** How many more held. */
  readonly others: number;
}

/** What went over the wire: its beginning, how many entries are left out, and its end. */
export interface WireView {
  readonly entries: number;
  readonly first: readonly WireEntry[];
  readonly left: number;
  readonly last: readonly WireEntry[];
}

export interface CaseView {
  readonly id: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** Empty where it was not tried. */
  readonly took: string;
  readonly requirements: readonly string[];
  readonly reason: string;
  /** The expectation that decided; both sides of it stand beside each other. */
  readonly decidedBy?: string;
  /** The message, where it says more than the rest does. */
  readonly message?: string;
  readonly heldBy: string;
  readonly expected?: string;
  readonly observed?: string;
  readonly attempts: readonly AttemptView[];
  readonly wire?: WireView;
  /** Where in the wire log it stands, for who has the folder. */
  readonly places: string;
  readonly reproduce: string;
}

/** The message, without the two sides where they stand beside it anyway. */
const said = (result: Result): Pick<CaseView, 'decidedBy' | 'message'> => {
  if (result.message === '' || result.message === reasonText(result)) return {};
  const both = result.expected !== undefined && result.observed !== undefined;
  const decidedBy = both ? /^(\S+): (?:expected|needed) /.exec(result.message)?.[1] : undefined;
  return decidedBy === undefined
    ? { message: shorten(result.message, VALUE_LIMIT) }
    : { decidedBy: shorten(decidedBy, NAME_LIMIT) };
};

const decisive = (result: Result): Pick<CaseView, 'expected' | 'observed'> => {
  const { expected, observed } = sides(result.expected, result.observed, 2);
  return {
    ...(result.expected !== undefined && { expected: shorten(expected, VALUE_LIMIT) }),
    ...(result.observed !== undefined && { observed: shorten(observed, VALUE_LIMIT) }),
  };
};

const expectationView = (one: Attempt['expectations'][number]): ExpectationView => {
  const { expected, observed } = sides(one.expected, one.observed);
  return {
    id: shorten(one.id, NAME_LIMIT),
    held: one.held,
    expected: shorten(expected, CELL_LIMIT),
    ...(!(one.held && expected === observed) && { observed: shorten(observed, CELL_LIMIT) }),
    ...(one.origin && { from: originWord(one.origin) }),
  };
};

/** An attempt: all that broke, and of a long sweep not all that held. */
const attemptView = (one: Attempt): AttemptView => {
  const how = [
    one.outcome,
    duration(one.durationMs),
    one.alone ? 'in a session of its own' : '',
    one.factor === 1 ? '' : `deadlines times ${one.factor}`,
  ].filter((part) => part !== '');
  const told = one.expectations.filter((each, index) => !each.held || index < ROWS);
  return {
    title: `Attempt ${one.attempt}: ${how.join(', ')}`,
    expectations: told.map(expectationView),
    others: one.expectations.length - told.length,
  };
};

/** A line that no page holds whole keeps its beginning. */
const shortLine = (entry: WireEntry): WireEntry =>
  shown({ ...entry, session: shorten(entry.session, NAME_LIMIT) }, LINE_LIMIT);

const wireView = (entries: readonly WireEntry[]): WireView => {
  const { first, left, last } = abridged(entries);
  return {
    entries: entries.length,
    first: first.map(shortLine),
    left,
    last: last.map(shortLine),
  };
};

const placesOf = ({ wire }: Result): string => {
  const told = wire
    .slice(0, PLACES)
    .map(({ session, from, to }) => `entries ${from} to ${to} of ${shorten(session, NAME_LIMIT)}`);
  const others = wire.length - told.length;
  return [...told, ...(others > 0 ? [counted(others, 'other', 'others')] : [])].join('; ');
};

/** One case as it is shown. `excerpt` is what went over the wire in it, as far as there is room for it. */
export const caseView = (
  record: RunRecord,
  result: Result,
  excerpt: readonly WireEntry[] = [],
): CaseView =>
  shown(
    {
      id: result.case,
      title: shorten(result.title, NAME_LIMIT),
      verdict: result.verdict,
      took: result.attempts.length > 0 ? duration(result.durationMs) : '',
      requirements: result.requirements,
      reason: shorten(reasonText(result), VALUE_LIMIT),
      ...said(result),
      heldBy: result.heldBy.map(originWord).join(' and '),
      ...decisive(result),
      attempts: result.attempts.map(attemptView),
      ...(excerpt.length > 0 && { wire: wireView(excerpt) }),
      places: placesOf(result),
      reproduce: reproduce(record, result.case),
    },
    LINE_LIMIT,
  );
