// Text in the columns of a terminal: one line cut to what is there, or several at spaces.
import { oneLine } from './text.ts';

/** What every terminal has. */
export const COLUMNS = 80;

/** Columns that a character takes at most: what is not Latin may take two. */
const width = (character: string): number => ((character.codePointAt(0) ?? 0) < 0x1100 ? 1 : 2);

/** One line of text, cut to the columns that are there. */
export const cut = (text: string, columns: number): string => {
  const characters = [...oneLine(text)];
  let used = 0;
  let kept = 0;
  let whole = true;
  for (const character of characters) {
    used += width(character);
    if (used > columns) {
      whole = false;
      break;
    }
    if (used <= columns - 3) kept += 1;
  }
  return whole ? characters.join('') : `${characters.slice(0, kept).join('')}...`;
};

/** A text over several lines at spaces, the last of them cut. */
export const wrapped = (text: string, most: number): string[] => {
  const lines: string[] = [];
  let rest = oneLine(text);
  while (rest.length > COLUMNS && lines.length < most - 1) {
    const end = rest.lastIndexOf(' ', COLUMNS);
    const at = end > 0 ? end : COLUMNS / 2;
    lines.push(cut(rest.slice(0, at), COLUMNS));
    rest = rest.slice(at).trimStart();
  }
  return [...lines, cut(rest, COLUMNS)];
};
