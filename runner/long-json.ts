// A JSON file of which one list may be too long to be held: what is around the list is read as it stands, and of
// the list only where each element is. What is JSON and what is none says JSON.parse alone.
import { fstatSync, readSync } from 'node:fs';
import { FileList, Reading } from './file-list.ts';

const BLOCK = 256 * 1024;

const [QUOTE, ESCAPE, COMMA] = [0x22, 0x5c, 0x2c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

const bytes = (...marked: readonly number[]): Uint8Array => {
  const table = new Uint8Array(256);
  for (const byte of marked) table[byte] = 1;
  return table;
};

/** What ends a stretch within a string, and what ends one outside of strings. */
const WITHIN = bytes(QUOTE, ESCAPE);
const OUTSIDE = bytes(QUOTE, COMMA, LIST, LIST_END, OBJECT, OBJECT_END);

/** The first of such bytes from a place on, or the end. All of a file goes through here: it is small to be quick. */
const find = (wanted: Uint8Array, block: Buffer, from: number, end: number): number => {
  let index = from;
  while (index < end && wanted[block[index] ?? 0] === 0) index += 1;
  return index;
};

/** Of a list that is a member of a file's object, each element's beginning and end in turn. */
const boundsOf = (reading: Reading, member: string): number[] => {
  const begins = new RegExp(`^\\s*"${member}"\\s*:\\s*$`);
  const buffer = Buffer.allocUnsafe(BLOCK);
  let bounds: number[] = [];
  let depth = 0;
  let inList = false;
  let inString = false;
  /** Where the outer object's member begins that is in hand. */
  let since = 0;
  let before = 0;
  let index = 0;
  for (let read = readSync(reading.file, buffer); read > 0; read = readSync(reading.file, buffer)) {
    for (;;) {
      index = find(inString ? WITHIN : OUTSIDE, buffer, index, read);
      if (index >= read) break;
      const byte = buffer[index];
      const at = before + index;
      index += 1;
      if (inString) {
        if (byte === QUOTE) inString = false;
        else index += 1;
        continue;
      }
      if (byte === QUOTE) inString = true;
      else if (byte === COMMA) {
        if (depth === 1) since = at + 1;
        else if (depth === 2 && inList) bounds.push(at, at + 1);
      } else if (byte === LIST || byte === OBJECT) {
        depth += 1;
        if (depth === 1) since = at + 1;
        if (depth !== 2 || byte !== LIST) continue;
        const name = reading.text(since, at);
        // Spelled with escapes it may be the same name, and then it is the last that counts.
        if (name.includes('\\')) return [];
        if (!begins.test(name)) continue;
        inList = true;
        bounds = [at + 1];
      } else {
        depth -= 1;
        if (depth !== 1 || !inList) continue;
        inList = false;
        bounds.push(at);
      }
    }
    index -= read;
    before += read;
  }
  return inList ? [] : bounds;
};

/**
 * Throws where what is around the list is no JSON; elements are parsed when they are asked for. Without such a
 * list, `rest` is all of it.
 */
export const readLongJson = <T>(
  path: string,
  member: string,
  parse?: (text: string, place: number) => T,
): { readonly rest: unknown; readonly list: FileList<T> | undefined } => {
  const reading = new Reading(path);
  const bounds = boundsOf(reading, member);
  const [from, to] = [bounds[0], bounds.at(-1)];
  const { size } = fstatSync(reading.file);
  if (from === undefined || to === undefined) {
    return { rest: JSON.parse(reading.text(0, size)), list: undefined };
  }
  const rest: unknown = JSON.parse(reading.text(0, from) + reading.text(to, size));
  const isEmpty = bounds.length === 2 && reading.text(from, to).trim() === '';
  return { rest, list: new FileList<T>(reading, Float64Array.from(isEmpty ? [] : bounds), parse) };
};
