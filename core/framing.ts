// Newline-delimited framing, bounded: an endpoint can make us hold one line, and no more.

/** The longest line that either side may send, in bytes (SYS-FRM-001). */
export const LONGEST_LINE = 1024 * 1024;

/** How deep a message may nest (SYS-FRM-001): what walks through one must not run out of stack. */
export const DEEPEST = 64;

const isDeep = (text: string): boolean => {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === '\\') at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '{' || character === '[') {
      depth += 1;
      if (depth > DEEPEST) return true;
    } else if (character === '}' || character === ']') depth -= 1;
  }
  return false;
};

/** Whether a text has so many brackets that it could be too deep: most have not, and are not walked. */
const mayBeDeep = (text: string): boolean => {
  let brackets = 0;
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) {
      brackets += 1;
      if (brackets > DEEPEST) return true;
    }
  }
  return false;
};

/** A received line as JSON; undefined where it is none, or nests deeper than a message may. */
export const readMessage = (text: string): { readonly value: unknown } | undefined => {
  if (mayBeDeep(text) && isDeep(text)) return undefined;
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
};

/** What a splitter reports: whole lines, and once the beginning of one that is too long. */
export interface LineEvents {
  line(text: string): void;
  /** A line exceeded the bound; nothing more is reported after it. */
  overlong(beginning: string): void;
}

/** Cuts a byte stream into lines. A last line without its end is not reported. */
export class LineSplitter {
  readonly #events: LineEvents;
  readonly #longest: number;
  #parts: Buffer[] = [];
  #held = 0;
  #over = false;

  constructor(events: LineEvents, longest = LONGEST_LINE) {
    this.#events = events;
    this.#longest = longest;
  }

  /** Takes the next chunk of the stream. */
  push(chunk: Buffer): void {
    let from = 0;
    while (!this.#over) {
      const end = chunk.indexOf(0x0a, from);
      const part = chunk.subarray(from, end < 0 ? chunk.length : end);
      if (this.#held + part.length > this.#longest) {
        this.#over = true;
        const length = Math.min(this.#held + part.length, 1024);
        const beginning = Buffer.concat([...this.#parts, part], length);
        this.#parts = [];
        this.#events.overlong(beginning.toString('utf8').slice(0, 256));
        return;
      }
      if (end < 0) {
        if (part.length > 0) {
          this.#parts.push(part);
          this.#held += part.length;
        }
        return;
      }
      const line = this.#held === 0 ? part : Buffer.concat([...this.#parts, part]);
      this.#parts = [];
      this.#held = 0;
      from = end + 1;
      const text = line.toString('utf8');
      this.#events.line(text.endsWith('\r') ? text.slice(0, -1) : text);
    }
  }
}
