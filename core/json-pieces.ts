// JSON in pieces: the text that JSON.stringify makes with an indent of two, of a value that is too large to have as one text.

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** A list that is made while it is written. */
const isLazy = (value: unknown): value is Iterable<unknown> =>
  isObject(value) && !Array.isArray(value) && Symbol.iterator in value;

/** Lists of this length, and what holds one near its top, are written element by element. */
const LONG = 100;
const DEEPEST = 2;

const isLong = (value: unknown, depth = 0): boolean =>
  isLazy(value) ||
  (Array.isArray(value) && value.length >= LONG) ||
  (isObject(value) &&
    depth < DEEPEST &&
    Object.values(value).some((member) => isLong(member, depth + 1)));

function* listed(
  members: Iterable<readonly [label: string, value: unknown]>,
  [open, shut]: readonly [string, string],
  indent: string,
): Generator<string> {
  let before = `${open}\n${indent}  `;
  for (const [label, value] of members) {
    yield before + label;
    yield* jsonPieces(value, `${indent}  `);
    before = `,\n${indent}  `;
  }
  yield before.startsWith(open) ? `${open}${shut}` : `\n${indent}${shut}`;
}

function* elements(values: Iterable<unknown>): Generator<readonly [string, unknown]> {
  // Within a list JSON has null for what it has not.
  for (const value of values) yield ['', value === undefined ? null : value];
}

/** The pieces, in order; lists may be iterables of any kind, which are gone through once. */
export function* jsonPieces(value: unknown, indent = ''): Generator<string> {
  if (!isLong(value)) {
    yield (JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
  } else if (isLazy(value) || Array.isArray(value)) {
    yield* listed(elements(value), ['[', ']'], indent);
  } else {
    const members = Object.entries(value as object).filter(([, member]) => member !== undefined);
    yield* listed(
      members.map(([name, member]) => [`${JSON.stringify(name)}: `, member] as const),
      ['{', '}'],
      indent,
    );
  }
}
