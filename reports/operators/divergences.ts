// Where engines part: for each operator and type the smallest trials that tell one subject from another, with what each
// answered to them. All of it is in the expectations that the cases recorded.
import { registered } from '../../core/operators/registered.ts';
import { type ReadTrial, readTrial } from '../../core/operators/words.ts';
import type { ExpectationResult, Result, Verdict } from '../../schemas/generated/types.ts';
import type { Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { sides } from '../text.ts';
import { byName, resultsOf } from './standing.ts';

/** One side of what a broken expectation recorded. */
export type Said = Pick<ReadTrial, 'what' | 'within' | 'element' | 'from'>;

/** What a subject made of a trial. */
export type Answered =
  | { readonly kind: 'held' }
  | { readonly kind: 'broken'; readonly expected: Said; readonly observed: Said }
  /** It gave no answer of a trial: it died, hung, or answered out of schema. */
  | { readonly kind: 'lost'; readonly expected: string; readonly observed: string }
  /** It refused what it need not have: nothing is judged, and so nothing recorded. */
  | { readonly kind: 'refused' }
  /** Its case had ended before, or it refused what it need not have. */
  | { readonly kind: 'untold' };

export interface DivergentSubject {
  /** Its place among the subjects. */
  readonly index: number;
  readonly verdict: Verdict;
  readonly answered: Answered;
}

/** A trial to which subjects answered differently. */
export interface Divergence {
  readonly operator: string;
  readonly type: string;
  /** `FRM-OPS-012/mod-int64`: the case that reproduces it. */
  readonly case: string;
  /** The row that decides. */
  readonly requirement: string;
  readonly trial: string;
  /** Of all inputs together. */
  readonly elements: number;
  /** Those that ran the case. */
  readonly subjects: readonly DivergentSubject[];
}

interface Tried {
  readonly trial: ReadTrial;
  readonly answered: Extract<Answered, { kind: 'held' | 'broken' | 'lost' }>;
  /** Answers that are told apart are not written alike. */
  readonly written: string;
}

/** What a case tried, by the trials' words, in its order. */
type Tries = ReadonlyMap<string, Tried>;

const saidOf = (text: unknown): Said =>
  (typeof text === 'string' ? readTrial(text) : undefined) ?? { what: JSON.stringify(text) ?? '' };

const triedOf = (expected: unknown, observed: unknown, held: boolean): Tried[] => {
  const trial = typeof expected === 'string' ? readTrial(expected) : undefined;
  if (!trial) return [];
  if (held) return [{ trial, answered: { kind: 'held' }, written: 'held' }];
  const said = saidOf(observed);
  return [
    {
      trial,
      answered: { kind: 'broken', expected: trial, observed: said },
      written: `${said.element} ${said.what}`,
    },
  ];
};

/** What an expectation says of trials: of one, or of all that broke. */
const triedIn = ({ held, expected, observed }: ExpectationResult): Tried[] =>
  Array.isArray(expected) && Array.isArray(observed)
    ? expected.flatMap((one, index) => triedOf(one, observed[index], held))
    : triedOf(expected, observed, held);

/** Of the last attempt; a trial that broke once has not held. */
const triesOf = ({ attempts }: Result): Tries => {
  const tries = (attempts.at(-1)?.expectations ?? []).flatMap(triedIn);
  return new Map(
    [...grouped(tries, ({ trial }) => trial.trial)].flatMap(([words, all]) => {
      const told = all.find(({ answered }) => answered.kind !== 'held') ?? all[0];
      return told ? [[words, told] as const] : [];
    }),
  );
};

interface Ran {
  readonly index: number;
  /** Of the case; that of presence tries several. */
  readonly type?: string;
  readonly result: Result;
  readonly tries: Tries;
}

/** Whether trials are in the order in which cases try them: the smallest first. */
const isInOrder = (trials: readonly ReadTrial[]): boolean =>
  trials.every((one, index) => one.elements >= (trials[index - 1]?.elements ?? 0));

/** With the trial whose answer was lost, where what broke is of no trial by its words. */
const withLost = (own: Ran, order: readonly ReadTrial[]): Ran => {
  const broken = own.result.attempts.at(-1)?.expectations.find(({ held }) => !held);
  if (!broken || triedIn(broken).length > 0) return own;
  // All try the same ones in the same order, so it is the next; unless another suite had another order.
  const next = order[own.tries.size];
  const isSame = order.slice(0, own.tries.size).every(({ trial }) => own.tries.has(trial));
  if (!next || !isSame || !isInOrder(order)) return own;
  const answered = { kind: 'lost', ...sides(broken.expected, broken.observed) } as const;
  const lost: Tried = { trial: next, answered, written: answered.observed };
  return { ...own, tries: new Map([...own.tries, [next.trial, lost]]) };
};

/** Whether a trial tells two of those who ran it apart. */
const isTelling = (ran: readonly Ran[], trial: string): boolean =>
  new Set(ran.flatMap(({ tries }) => tries.get(trial)?.written ?? [])).size > 1;

/** Of each subject the smallest trial that broke and that tells it from another; each once, the smallest first. */
const tellingOf = (ran: readonly Ran[]): ReadTrial[] => {
  const smallest = ran.flatMap(({ tries }) =>
    [...tries.values()]
      .filter(({ answered, trial }) => answered.kind !== 'held' && isTelling(ran, trial.trial))
      .map(({ trial }) => trial)
      .sort((one, other) => one.elements - other.elements)
      .slice(0, 1),
  );
  const once = new Map(smallest.map((trial) => [trial.trial, trial]));
  return [...once.values()].sort((one, other) => one.elements - other.elements);
};

const divergencesIn = (operator: string, id: string, told: readonly Ran[]): Divergence[] => {
  const longest = told.map(({ tries }) => tries).sort((one, other) => other.size - one.size)[0];
  const order = [...(longest?.values() ?? [])].map(({ trial }) => trial);
  const ran = told.map((own) => withLost(own, order));
  return tellingOf(ran).map(({ trial, type, elements }) => ({
    operator,
    type: ran[0]?.type ?? type,
    case: id,
    requirement: id.slice(0, id.indexOf('/')),
    trial,
    elements,
    subjects: ran.map(({ index, result: { verdict }, tries }) => ({
      index,
      verdict,
      answered: tries.get(trial)?.answered ?? {
        kind: verdict === 'pass' ? 'refused' : 'untold',
      },
    })),
  }));
};

/** Every trial of an operator that tells subjects apart, in the order of the standard and its types. */
export const divergencesOf = (subjects: readonly Subject[]): Divergence[] => {
  const named = subjects.map(byName);
  return registered.flatMap((row) => {
    const ran = named.flatMap((one, index) => {
      const { presence, byType } = resultsOf(one, row);
      const cases = [
        ...(presence ? [{ result: presence }] : []),
        ...[...byType].flatMap(([type, all]) => all.map((result) => ({ result, type }))),
      ];
      return cases
        .filter(({ result }) => result.verdict !== 'not-applicable')
        .map((own): Ran => ({ index, tries: triesOf(own.result), ...own }));
    });
    return [...grouped(ran, ({ result }) => result.case)].flatMap(([id, own]) =>
      divergencesIn(row.operator, id, own),
    );
  });
};
