// How a secret may stand in what an endpoint says: as it is, quoted, in base64 within anything, or in a URL.

/** Strings within strings: a log line holds a message, which may quote JSON that quotes JSON. */
const QUOTED = 4;
/** Shorter pieces of base64 would be found by chance in data. */
const SHORTEST_PIECE = 6;
/** Bytes and characters of a group of base64. */
const GROUP = { bytes: 3, characters: 4 };

const quoted = (value: string): string[] => {
  const found = [value];
  for (let depth = 0; depth < QUOTED; depth += 1) {
    found.push(JSON.stringify(found.at(-1)).slice(1, -1));
  }
  return found;
};

/** What base64 makes of the bytes wherever they begin in a group: all characters that nothing else decides. */
const pieces = (value: string): string[] =>
  [0, 1, 2].map((before) => {
    const bytes = Buffer.concat([Buffer.alloc(before), Buffer.from(value)]);
    const whole = Math.floor(bytes.length / GROUP.bytes) * GROUP.characters;
    // Of a group that is not full, each byte but the last decides one character more.
    const rest = bytes.length % GROUP.bytes;
    const first = before === 0 ? 0 : before + 1;
    return bytes.toString('base64').slice(first, whole + rest);
  });

/** The standard alphabet and that of URLs. */
const alphabets = (text: string): string[] => [
  text,
  text.replaceAll('+', '-').replaceAll('/', '_'),
];

const inUrl = (value: string): string[] => {
  const encoded = encodeURIComponent(Buffer.from(value).toString());
  const lower = encoded.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase());
  return [encoded, lower].flatMap((text) => [text, text.replaceAll(/%20/g, '+')]);
};

/** Every form, the longest first: it may hold a shorter one. */
export const secretForms = (value: string): string[] => {
  const encoded = pieces(value)
    .flatMap(alphabets)
    .filter((piece) => piece.length >= SHORTEST_PIECE);
  const forms = new Set([...quoted(value), ...inUrl(value), ...encoded]);
  return [...forms].sort((one, other) => other.length - one.length);
};
