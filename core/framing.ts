// Newline-delimited framing, bounded: an endpoint can make us hold one line, and no more.

/** The longest line that either side may send, in bytes (SYS-FRM-001). */
export const LONGEST_LINE = 1024 * 1024;

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
