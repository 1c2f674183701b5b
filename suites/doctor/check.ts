// What a check is: a diagnosis, a pure function over the evidence of a run.
import type { Examined } from './examined.ts';

/** Whose fault it is where a check is broken. */
export type Side = 'adapter' | 'product';

/** The checks, in the order in which they are read: the first that is broken is the cause. */
export const CHECK_IDS = [
  'starts',
  'framing',
  'stdout',
  'ids',
  'replies',
  'answered',
  'in-flight',
  'errors',
  'origins',
  'precedence',
  'capabilities',
  'handles',
  'mapping',
  'generator',
  'clock',
  'flushed',
  'exits',
  'left-behind',
  'serves',
  'data',
  'refusals',
  'crashes',
  'hangs',
] as const;
export type CheckId = (typeof CHECK_IDS)[number];

/** What a check found. Each text is one or two short sentences. */
export type Finding =
  | { readonly state: 'sound'; readonly seen: string }
  | {
      readonly state: 'broken';
      readonly seen: string;
      readonly expected: string;
      readonly change: string;
    }
  /** It was tried, and cannot be told. */
  | { readonly state: 'undecided'; readonly seen: string }
  /** There was nothing to look at, and why. */
  | { readonly state: 'not-tried'; readonly seen: string };

export interface Check {
  readonly id: CheckId;
  readonly side: Side;
  /** What holds where it is sound. */
  readonly title: string;
  /** Checks without which this one says nothing: it is not tried where one of them is broken. */
  readonly rests: readonly CheckId[];
  diagnose(examined: Examined): Finding;
}

export const sound = (seen: string): Finding => ({ state: 'sound', seen });
export const broken = (seen: string, expected: string, change: string): Finding => ({
  state: 'broken',
  seen,
  expected,
  change,
});
export const undecided = (seen: string): Finding => ({ state: 'undecided', seen });
export const notTried = (seen: string): Finding => ({ state: 'not-tried', seen });
