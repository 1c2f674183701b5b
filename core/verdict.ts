// The verdicts, their order of precedence, and how several become one.
import { REASONS, type Reason } from '../schemas/generated/standard.ts';
import type { Verdict } from '../schemas/generated/types.ts';

/** Worst first: a requirement is as good as its worst case. */
export const PRECEDENCE = [
  'error',
  'fail',
  'not-run',
  'inconclusive',
  'pass',
  'not-applicable',
] as const satisfies readonly Verdict[];

/** The worst of several verdicts; none at all is never a pass. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  PRECEDENCE.find((verdict) => verdicts.includes(verdict)) ?? 'not-run';

/** A verdict with the reason that it has in the registry; a pass needs none. */
export type Outcome = { verdict: 'pass'; reason?: never } | { verdict: Verdict; reason: Reason };

const verdicts = new Map<string, Verdict>(REASONS.map((row) => [row.id, row.verdict]));

/** The outcome that a reason stands for. */
export const because = (reason: Reason): Outcome => {
  const verdict = verdicts.get(reason);
  if (verdict === undefined) throw new Error(`no such reason: ${reason}`);
  return { verdict, reason };
};

/** The registry's sentence for a reason. */
export const explain = (reason: string): string =>
  REASONS.find((row) => row.id === reason)?.text ?? reason;
