// Text of a record is written by the endpoint under test: this makes it safe, and short enough to show.

/** Controls, lone surrogates, non-characters, and the marks that reverse how a line reads. */
const UNSHOWABLE = /[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Most texts are of these alone, which is found out sooner. */
const PLAIN = /^[\t\n -~]*$/;

/** The picture of a control character (U+0000 as U+2400), and U+FFFD for all else. */
const standIn = (character: string): string => {
  if (character === '\n' || character === '\t') return character;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCodePoint(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
};

/** The text with what no document or terminal may be given raw made visible; lines and tabs stay. */
export const visible = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(UNSHOWABLE, standIn);

/** Likewise of lines. */
const PLAIN_LINE = /^[!-~]+(?: [!-~]+)*$/;

/** The same as one line. */
export const oneLine = (text: string): string =>
  PLAIN_LINE.test(text) ? text : visible(text).replace(/\s+/gu, ' ').trim();

/** At most `limit` characters, the last of them `...` where some are left out. */
export const shorten = (text: string, limit: number): string =>
  text.length <= limit ? text : `${text.slice(0, limit - 3).replace(/[\ud800-\udbff]$/, '')}...`;

/** A value with every text in it as it may be shown, and no longer than `limit`. */
export const shown = <T>(value: T, limit = Number.POSITIVE_INFINITY): T => {
  if (typeof value === 'string') return shorten(visible(value), limit) as T;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((member) => shown(member, limit)) as T;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      shorten(visible(key), limit),
      shown(member, limit),
    ]),
  ) as T;
};

/** The same, cut after a whole word: for sentences. */
export const shortenWords = (text: string, limit: number): string => {
  const cut = shorten(text, limit);
  return cut === text ? text : `${cut.slice(0, -3).replace(/[\s,;-]+\S*$/u, '')} ...`;
};

/** Any JSON value as text, strings in quotes. */
const json = (value: unknown, indent: number): string =>
  JSON.stringify(value, null, indent) ?? 'undefined';

/**
 * Both sides of an expectation as text. Strings stay as they are only where both are strings: else
 * the text "1" and the number 1 would look alike.
 */
export const sides = (
  expected: unknown,
  observed: unknown,
  indent = 0,
): { expected: string; observed: string } => {
  const plain = [expected, observed].every((one) => one === undefined || typeof one === 'string');
  const text = (value: unknown): string => {
    if (value === undefined) return '';
    return typeof value === 'string' && plain ? value : json(value, indent);
  };
  return { expected: text(expected), observed: text(observed) };
};

const AROUND = 24;

/** Two long texts from shortly before where they begin to differ: a cut must not hide the difference. */
export const fromDifference = (
  first: string,
  second: string,
  limit: number,
): readonly [string, string] => {
  if (first.length <= limit && second.length <= limit) return [first, second];
  let same = 0;
  while (same < first.length && first[same] === second[same]) same += 1;
  const start = same - AROUND;
  if (start <= 0 || same >= first.length || same >= second.length) return [first, second];
  return [`...${first.slice(start)}`, `...${second.slice(start)}`];
};

/** A moment as people write it, to the second; anything but an ISO 8601 time in UTC as it is. */
export const moment = (iso: string): string => {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(iso) ?? [];
  return day && time ? `${day} ${time} UTC` : iso;
};

/** A time span as people say it. */
export const duration = (milliseconds: number): string => {
  if (milliseconds < 1) return milliseconds > 0 ? 'under 1 ms' : '0 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
};

/** A count with its noun, and thousands set apart. */
export const counted = (count: number, one: string, several: string): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? one : several}`;
