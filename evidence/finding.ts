// What a check of signed evidence came to: one named check, what was expected, what was found, and what
// that means.
import { isDeepStrictEqual } from 'node:util';

/** Every check of `verify`, in their order, with what it means that one is broken. */
export const CHECKS = {
  files: {
    title: 'the folder holds the files of a run and no other',
    means: 'A file that no part of the suite writes lies beside the evidence, or one is missing.',
  },
  form: {
    title:
      'plan, record, journal and wire log keep their schemas, in the one spelling that the suite writes',
    means: 'A file was written by something else than this suite, or changed by hand.',
  },
  digests: {
    title: 'plan, journal and wire log are those that the record names',
    means: 'The record was made from other evidence than lies beside it.',
  },
  order: {
    title: 'journal and wire log count without a gap, and time does not go back',
    means: 'Something was taken out of the evidence, or put into it.',
  },
  'claim-form': {
    title: 'the claim is there, in one spelling, and its files are the same statement',
    means: 'The bundle was not made by the suite, or was changed after it was signed.',
  },
  'claim-key': {
    title: 'the claim names its key by that key’s digest',
    means: 'The key beside the claim is not the one that the claim names.',
  },
  'claim-signature': {
    title: 'the signature is over this claim',
    means: 'Nobody who holds the key has signed this claim.',
  },
  'claim-trust': {
    title: 'the claim was signed by a key that you trust',
    means: 'Whoever signed it is not the vendor whose key you have.',
  },
  'claim-statement': {
    title: 'the claim is about these files and says what the record says',
    means: 'What was signed is about other files than lie here, or claims something else.',
  },
  standard: {
    title: 'the run was judged against the requirement set of this suite',
    means:
      'Verdicts against another revision of the standard cannot be recomputed with this suite.',
  },
  suite: {
    title: 'the run was made with this version of the suite',
    means: 'Verdicts of another version of the suite cannot be recomputed with this one.',
  },
  plan: {
    title: 'the plan has every case of its profile and level',
    means: 'Cases were left out, added or changed, and the record does not say so.',
  },
  seed: {
    title: 'the seed is what it is said to be',
    means:
      'The vendor chose what the product was asked, or ran before it had the certifier’s nonce.',
  },
  clock: {
    title: 'nonce, run, claim and certificate follow each other in time',
    means: 'A time was invented, or a clock was wrong.',
  },
  judged: {
    title: 'the record is what plan, journal and wire log make it',
    means: 'A verdict does not follow from what was observed.',
  },
  replayed: {
    title: 'the cases, run again against the wire log, observe what the journal says',
    means:
      'What was observed does not follow from what was said: journal and wire log are of two runs.',
  },
  reports: {
    title: 'each report is what the record makes it',
    means: 'A report tells people something else than the record.',
  },
  'certificate-form': {
    title: 'the certificate is in one spelling, and its files are the same statement',
    means: 'The certificate was not made by the suite, or was changed after it was signed.',
  },
  'certificate-key': {
    title: 'the certificate names its key by that key’s digest',
    means: 'The key beside the certificate is not the one that it names.',
  },
  'certificate-signature': {
    title: 'the signature is over this certificate',
    means: 'Nobody who holds the key has signed this certificate.',
  },
  'certificate-trust': {
    title: 'the certificate was signed by a body that you trust',
    means: 'Whoever signed it is not the body whose key you have.',
  },
  'certificate-two': {
    title: 'who claims and who certifies are two',
    means: 'The vendor certified itself.',
  },
  'certificate-statement': {
    title: 'the certificate is about this claim, and the run bears it out',
    means: 'What was certified is another run, or a run that cannot be certified.',
  },
} as const satisfies Record<string, { title: string; means: string }>;

export type CheckId = keyof typeof CHECKS;

/** How a check ended. */
export type Outcome =
  | { readonly state: 'held'; readonly found: string }
  | { readonly state: 'broken'; readonly expected: string; readonly found: string }
  /** Nothing speaks against it, and it could not be looked at. */
  | { readonly state: 'undecided'; readonly expected: string; readonly found: string }
  /** There is nothing to look at. */
  | { readonly state: 'not-tried'; readonly found: string };

export type Finding = { readonly check: CheckId } & Outcome;

export const held = (found: string): Outcome => ({ state: 'held', found });
export const broken = (expected: string, found: string): Outcome => ({
  state: 'broken',
  expected,
  found,
});
export const undecided = (expected: string, found: string): Outcome => ({
  state: 'undecided',
  expected,
  found,
});
export const notTried = (found: string): Outcome => ({ state: 'not-tried', found });

/** 0 every check held, 1 one is broken, 4 something could not be decided. */
export const exitOf = (findings: readonly Finding[]): number => {
  if (findings.some(({ state }) => state === 'broken')) return 1;
  return findings.some(({ state }) => state === 'undecided') ? 4 : 0;
};

/** Where two JSON values first part. */
export interface Difference {
  /** `results.3.verdict`; empty for the whole. */
  readonly place: string;
  readonly expected: unknown;
  readonly found: unknown;
}

const isContainer = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** The first place where two values differ, as deep as both go; undefined where they are equal. */
export const firstDifference = (
  expected: unknown,
  found: unknown,
  place: readonly string[] = [],
): Difference | undefined => {
  if (isDeepStrictEqual(expected, found)) return undefined;
  const sameKind = isContainer(expected) && isContainer(found);
  if (!sameKind || Array.isArray(expected) !== Array.isArray(found)) {
    return { place: place.join('.'), expected, found };
  }
  for (const name of new Set([...Object.keys(expected), ...Object.keys(found)])) {
    const inner = firstDifference(expected[name], found[name], [...place, name]);
    if (inner) return inner;
  }
  return { place: place.join('.'), expected, found };
};

const LONGEST = 160;

/** A value as a finding shows it: short, whatever it is. */
export const shown = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}...` : text;
};

/** A difference as the two sides of a broken check. */
export const parted = ({ place, expected, found }: Difference): Outcome =>
  broken(`${place || 'it'} ${shown(expected)}`, shown(found));
