// What a user got wrong: one line that says what was expected, what was found, and what to type.
import { closest } from 'fastest-levenshtein';

/** Ends the command with exit code 2 and its message. */
export class UsageError extends Error {}

/** ` Did you mean X?`, or nothing where no name is near. */
export const nearest = (found: string, known: readonly string[]): string => {
  if (known.length === 0) return '';
  const best = closest(
    found.toLowerCase(),
    [...known].map((name) => name.toLowerCase()),
  );
  const name = known.find((one) => one.toLowerCase() === best);
  return name === undefined ? '' : ` Did you mean ${name}?`;
};
