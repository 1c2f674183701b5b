// Where engines part: for each operator and type the smallest trial that tells one subject from another, with what each
// answered to it. All of it is in the expectations that the cases recorded.
import { type ReadTrial, readTrial } from '../../core/operators/words.ts';
import type { ExpectationResult, Result, Verdict } from '../../schemas/generated/types.ts';
import type { Subject } from '../comparison.ts';
import { grouped } from '../groups.ts';
import { sides } from '../text.ts';
import { byName, REGISTERED, resultsOf } from './standing.ts';

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
  /** Its case had ended before. */
  | { readonly kind: 'not-reached' };

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
  readonly answered: Extract<Answered, { kind: 'held' | 'broken' }>;
}

const saidOf = (text: unknown): Said =>
  (typeof text === 'string' ? readTrial(text) : undefined) ?? { what: JSON.stringify(text) ?? '' };

const triedIn = ({ held, expected, observed }: ExpectationResult): Tried[] => {
  const trial = typeof expected === 'string' ? readTrial(expected) : undefined;
  if (!trial) return [];
  const answered: Tried['answered'] = held
    ? { kind: 'held' }
    : { kind: 'broken', expected: trial, observed: saidOf(observed) };
  return [{ trial, answered }];
};

/** What a case tried in its last attempt, by the trial's words; one that broke once has not held. */
const triesOf = ({ attempts }: Result): ReadonlyMap<string, Tried> => {
  const tries = (attempts.at(-1)?.expectations ?? []).flatMap(triedIn);
  return new Map(
    [...grouped(tries, ({ trial }) => trial.trial)].flatMap(([words, all]) => {
      const told = all.find(({ answered }) => answered.kind === 'broken') ?? all[0];
      return told ? [[words, told] as const] : [];
    }),
  );
};

/** What broke and is of no trial by its words: the request that was not answered. */
const lossIn = ({ attempts }: Result): Ran['lost'] => {
  const broken = attempts.at(-1)?.expectations.find(({ held }) => !held);
  if (!broken || triedIn(broken).length > 0) return undefined;
  return { kind: 'lost', ...sides(broken.expected, broken.observed) };
};

interface Ran {
  /** Of the case; that of presence tries several. */
  readonly type?: string;
  readonly index: number;
  readonly result: Result;
  readonly tries: ReadonlyMap<string, Tried>;
  readonly lost?: Extract<Answered, { kind: 'lost' }> | undefined;
}

/** Whether trials are in the order in which cases try them: the smallest first. */
const isInOrder = (trials: readonly ReadTrial[]): boolean =>
  trials.every((one, index) => one.elements >= (trials[index - 1]?.elements ?? 0));

/**
 * The trial whose answer was lost: all try the same ones in the same order, so it is the next after those that this
 * one tells of. Undefined where nobody tells, or another suite had another order.
 */
const lostAt = ({ lost, tries }: Ran, all: readonly Ran[]): ReadTrial | undefined => {
  if (!lost) return undefined;
  const told = all
    .map((one) => [...one.tries.values()].map(({ trial }) => trial))
    .sort((one, other) => other.length - one.length)[0];
  const next = told?.[tries.size];
  const isSame = told?.slice(0, tries.size).every(({ trial }) => tries.has(trial));
  return told && isSame && isInOrder(told) ? next : undefined;
};

/** Answers that are told apart are not written alike. */
const writing = (answered: Answered): string =>
  answered.kind === 'broken' ? JSON.stringify(answered.observed) : answered.kind;

const answerOf = (own: Ran, trial: string, all: readonly Ran[]): Answered => {
  const answered = own.tries.get(trial)?.answered;
  if (answered) return answered;
  if (own.lost && lostAt(own, all)?.trial === trial) return own.lost;
  return { kind: own.result.verdict === 'pass' ? 'refused' : 'not-reached' };
};

const isTold = ({ kind }: Answered): boolean => kind !== 'refused' && kind !== 'not-reached';

/** The smallest trial of one case that tells two of those who ran it apart; undefined where none does. */
const leastOf = (all: readonly Ran[]): ReadTrial | undefined => {
  const broken = all
    .flatMap(({ tries }) => [...tries.values()])
    .filter(({ answered }) => answered.kind === 'broken')
    .map(({ trial }) => trial);
  const lost = all.flatMap((own) => lostAt(own, all) ?? []);
  return [...broken, ...lost]
    .filter(({ trial }) => {
      const answers = all.map((own) => answerOf(own, trial, all)).filter(isTold);
      return new Set(answers.map(writing)).size > 1;
    })
    .sort((one, other) => one.elements - other.elements)[0];
};

const divergenceOf = (operator: string, id: string, ran: readonly Ran[]): Divergence[] => {
  const least = leastOf(ran);
  if (!least) return [];
  return [
    {
      operator,
      type: ran[0]?.type ?? least.type,
      case: id,
      requirement: id.slice(0, id.indexOf('/')),
      trial: least.trial,
      elements: least.elements,
      subjects: ran.map((one) => ({
        index: one.index,
        verdict: one.result.verdict,
        answered: answerOf(one, least.trial, ran),
      })),
    },
  ];
};

/** Every case of an operator that tells subjects apart, in the order of the standard and its types. */
export const divergencesOf = (subjects: readonly Subject[]): Divergence[] => {
  const named = subjects.map(byName);
  return REGISTERED.flatMap((row) => {
    const ran = named.flatMap((one, index) => {
      const { presence, byType } = resultsOf(one, row);
      const cases = [
        ...(presence ? [{ result: presence }] : []),
        ...[...byType].flatMap(([type, all]) => all.map((result) => ({ result, type }))),
      ];
      return cases
        .filter(({ result }) => result.verdict !== 'not-applicable')
        .map(
          (own): Ran => ({ index, tries: triesOf(own.result), lost: lossIn(own.result), ...own }),
        );
    });
    return [...grouped(ran, ({ result }) => result.case)].flatMap(([id, own]) =>
      divergenceOf(row.operator, id, own),
    );
  });
};
