// Text of a record within Markdown: nothing in it may ping a person, link anywhere, or break out of its place.
import { oneLine, shorten } from './text.ts';

/** What means something in Markdown or HTML, or makes GitHub ping or link; but not the @ of `DRV@1`. */
const ACTIVE =
  /(?!(?<=\w)@\d+(?![\w.-]))[&<>`*[\]#~|@\\$]|(?<!\w)_|_(?!\w)|:(?=\/\/)|(?<=\bwww)\./gi;

/** Text as entities where it could be anything but text. */
export const plain = (text: string): string =>
  oneLine(text)
    .replace(ACTIVE, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#(?:64|35);/g, '$&&#8203;');

export const code = (text: string, limit = 200): string =>
  `<code>${plain(shorten(text, limit))}</code>`;

/** A comment holds 65,536 characters. */
export const LIMIT = 60_000;

/** Lines until the comment is full; how many were left out is said, never hidden. */
export const fitting = (
  lines: readonly string[],
  room: number,
  left: (count: number) => string,
): string[] => {
  let used = 0;
  const end = lines.findIndex((line) => {
    used += line.length + 1;
    return used > room;
  });
  return end === -1 ? [...lines] : [...lines.slice(0, end), left(lines.length - end)];
};
