// Options that name things of the standard: profile and level, cases, seed. Each is checked here, once.
import { randomBytes } from 'node:crypto';
import picomatch from 'picomatch';
import type { AnyCase } from '../core/case.ts';
import { profiles } from '../core/plan.ts';
import { nonceTime } from '../evidence/nonce.ts';
import type { ProfileFile, Seed, Shard } from '../schemas/generated/types.ts';
import { cases } from '../suites/index.ts';
import { nearest, UsageError } from './usage-error.ts';

/** `DRV-MEMORY@1`: a profile and its level. */
export const profileOf = (text: string): { profile: ProfileFile; level: number } => {
  const known = profiles.flatMap((one) => one.levels.map(({ level }) => `${one.id}@${level}`));
  const [id, level] = text.split('@');
  const profile = profiles.find((one) => one.id === id);
  const found = profile?.levels.find((one) => String(one.level) === (level ?? '1'));
  if (!profile || !found) {
    throw new UsageError(
      `no profile ${text}; there is ${known.join(', ')}.${nearest(text, known)}`,
    );
  }
  return { profile, level: found.level };
};

/** The globs over case ids as one test; a glob that picks nothing is a mistake. */
export const selection = (
  globs: readonly string[],
  among: readonly AnyCase[] = cases,
): ((id: string) => boolean) | undefined => {
  if (globs.length === 0) return undefined;
  const ids = among.map((one) => one.id);
  const known = [...new Set([...ids, ...among.flatMap((one) => one.requirements)])];
  const matchers = globs.map((glob) => {
    // A requirement's id means all its cases.
    const matches = picomatch([glob, `${glob}/*`]);
    if (!ids.some((id) => matches(id))) {
      throw new UsageError(`--only ${glob} selects no case.${nearest(glob, known)}`);
    }
    return matches;
  });
  return (id) => matchers.some((matches) => matches(id));
};

/** The seed as given, or a certifier's nonce, or one drawn for this run. */
export const seedOf = (text: string | undefined, nonce?: string): Seed => {
  if (nonce !== undefined) {
    if (text !== undefined) throw new UsageError('--nonce is the seed; leave --seed out');
    if (nonceTime(nonce) === undefined) {
      throw new UsageError(
        `--nonce takes what a certifier gave out, TIME-HEX, not ${nonce}; a certifier types: causeway nonce`,
      );
    }
    return { value: nonce, source: 'nonce' };
  }
  if (text === undefined) return { value: randomBytes(8).toString('hex'), source: 'random' };
  if (text === '' || text.length > 128) {
    throw new UsageError('--seed takes a text of 1 to 128 characters');
  }
  return { value: text, source: 'given' };
};

/** `1/2`: one of two shards. */
export const shardNumber = (text: string): Shard => {
  const [, index = 0, of = 0] = (/^(\d{1,2})\/(\d{1,2})$/.exec(text) ?? []).map(Number);
  if (of < 2 || index < 1 || index > of) {
    throw new UsageError(
      `--shard takes I/N, one of N shards from 2 to 99, as 1/2 and 2/2, not ${text}`,
    );
  }
  return { index, of };
};

/** A count of seconds. */
export const secondsOf = (text: string, option: string): number => {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0 || seconds > 3600) {
    throw new UsageError(`${option} takes a number of seconds above 0 and up to 3600, not ${text}`);
  }
  return seconds;
};

/** A whole number above zero. */
export const countOf = (text: string, option: string, most = 10_000): number => {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > most) {
    throw new UsageError(`${option} takes a whole number from 1 to ${most}, not ${text}`);
  }
  return count;
};
