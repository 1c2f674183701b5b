// JSON in pieces: the text that JSON.stringify makes with an indent of two, of a value that is too large to have as one text.

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A list that is made while it is written. */
const isLazy = (value: unknown): value is Iterable<unknown> =>
  isObject(value) && !Array.isArray(value) && Symbol.iterator in value;

/** A list that has its elements as texts already, each as `elementText` gives it. */
interface Spelled {
  texts(): Iterable<string>;
}

const isSpelled = (value: object): value is Spelled => 'texts' in value;

/** Lists of this length, and what holds one near its top, are written a few elements at a time. */
const LONG = 100;
const FEW = 20;
const DEEPEST = 2;

const isLong = (value: unknown, depth = 0): boolean =>
  isLazy(value) ||
  (Array.isArray(value) && value.length >= LONG) ||
  (isObject(value) &&
    depth < DEEPEST &&
    Object.values(value).some((member) => isLong(member, depth + 1)));

/** Values side by side as they stand so deep in another: what indents them is JSON.stringify, which is quickest. */
const textOf = (values: readonly unknown[], depth: number): string => {
  let nested = values;
  for (let level = 1; level < depth; level += 1) nested = [nested];
  // What opens each level, with its line's end and the indent of the next, and likewise what shuts it.
  const [before, after] = [depth * (depth + 3), depth * (depth + 1)];
  return JSON.stringify(nested, null, 2).slice(before, -after);
};

/** A value's text as it stands in a list that is a member of a file's object, as a record's results are. */
export const elementText = (value: unknown): string => textOf([value], 2);

function* textsOf(values: Iterable<unknown>, depth: number): Generator<string> {
  let few: unknown[] = [];
  for (const value of values) {
    few.push(value);
    if (few.length < FEW && (isLazy(values) || !isLong(value, DEEPEST - 1))) continue;
    yield textOf(few, depth);
    few = [];
  }
  if (few.length > 0) yield textOf(few, depth);
}

/** The pieces, in order; lists may be iterables of any kind, which are gone through once. */
export function* jsonPieces(value: unknown, depth = 0): Generator<string> {
  const indent = '  '.repeat(depth);
  if (!isLong(value)) {
    yield depth === 0 ? (JSON.stringify(value, null, 2) ?? 'null') : textOf([value], depth);
  } else if (isLazy(value) || Array.isArray(value)) {
    let before = '[';
    const spelled = depth === 1 && isSpelled(value);
    for (const text of spelled ? value.texts() : textsOf(value, depth + 1)) {
      yield `${before}\n${indent}  ${text}`;
      before = ',';
    }
    yield before === '[' ? '[]' : `\n${indent}]`;
  } else {
    let before = '{';
    for (const [name, member] of Object.entries(value as object)) {
      if (member === undefined) continue;
      yield `${before}\n${indent}  ${JSON.stringify(name)}: `;
      yield* jsonPieces(member, depth + 1);
      before = ',';
    }
    yield `\n${indent}}`;
  }
}
