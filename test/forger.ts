// A vendor who forges: changes a signed run as one likes, makes good what hangs on it, and signs it again
// with the vendor's own key.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { judgeFolder } from '../cli/judged.ts';
import { writeReports } from '../cli/write-reports.ts';
import { recordOf } from '../core/record.ts';
import { signStatement } from '../evidence/envelope.ts';
import { filesOf, type Kind } from '../evidence/files.ts';
import type { SigningKey } from '../evidence/keys.ts';
import { claimOf } from '../evidence/statement.ts';
import { runFiles } from '../runner/bundle-folder.ts';
import { digests } from '../runner/folder.ts';
import type { JournalEvent, Plan, Record as RunRecord } from '../schemas/generated/types.ts';
import { copyOf, VENDOR } from './evidence-support.ts';

const WIRE = 'wire/0001.jsonl';

/** Any JSON object: a forger keeps no types. */
// biome-ignore lint/suspicious/noExplicitAny: what is forged may have any shape
type Loose = any;

export class Forger {
  readonly folder: string;

  /** Begins with a copy of a signed run. */
  constructor(from: string) {
    this.folder = copyOf(from);
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), 'utf8');
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  edit(file: string, change: (text: string) => string): void {
    const before = this.read(file);
    const after = change(before);
    if (after === before) throw new Error(`${file}: nothing was forged`);
    this.write(file, after);
  }

  #json(file: string, change: (value: Loose) => void): void {
    this.edit(file, (text) => {
      const value = JSON.parse(text);
      change(value);
      return `${JSON.stringify(value, null, 2)}\n`;
    });
  }

  plan(change: (plan: Plan & Loose) => void): void {
    this.#json('plan.json', change);
  }

  record(change: (record: RunRecord & Loose) => void): void {
    this.#json('record.json', change);
  }

  #lines(file: string, change: (lines: Loose[]) => Loose[]): void {
    this.edit(file, (text) => {
      const lines = text.trimEnd().split('\n');
      const changed = change(lines.map((line) => JSON.parse(line)));
      return changed.map((line) => `${JSON.stringify(line)}\n`).join('');
    });
  }

  journal(change: (events: (JournalEvent & Loose)[]) => Loose[]): void {
    this.#lines('journal.jsonl', change);
  }

  wire(change: (entries: Loose[]) => Loose[]): void {
    this.#lines(WIRE, change);
  }

  /** Takes a case out of plan, journal, wire log and record, and closes every gap. */
  takeOut(id: string): void {
    const taken: [number, number][] = [];
    this.journal((events) => {
      for (const { event, n, case: own } of events) {
        if (own !== id) continue;
        if (event === 'case-started') taken.push([n, n]);
        const last = taken.at(-1);
        if (last) last[1] = n;
      }
      return events.filter((one) => one.case !== id);
    });
    const isTaken = ({ n }: Loose): boolean => taken.some(([from, to]) => n >= from && n <= to);
    this.wire((entries) => entries.filter((one) => !isTaken(one)));
    this.renumber();
    this.plan((plan) => {
      plan.cases = plan.cases.filter((one: Loose) => one.id !== id);
    });
  }

  /** Counts journal and wire log anew, in their order. */
  renumber(): void {
    const all = ['journal.jsonl', WIRE].flatMap((file) =>
      this.read(file)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).n as number),
    );
    const places = new Map(all.sort((a, b) => a - b).map((n, index) => [n, index + 1]));
    const again = (line: Loose): Loose => ({
      ...line,
      n: places.get(line.n),
      ...(line.answers !== undefined && { answers: places.get(line.answers) ?? 1 }),
    });
    this.journal((events) => events.map(again));
    this.wire((entries) => entries.map(again));
  }

  /** The record, made anew from what lies in the folder, as the suite makes it. */
  judgeAgain(): void {
    const { environment } = JSON.parse(this.read('record.json')) as RunRecord;
    const { plan, judgement } = judgeFolder(this.folder);
    const record = recordOf(plan, judgement, environment, digests(this.folder));
    this.write('record.json', `${JSON.stringify(record, null, 2)}\n`);
  }

  /** Makes the digests in the record good, and the reports. */
  makeGood(): void {
    const record = JSON.parse(this.read('record.json')) as RunRecord;
    const good = { ...record, evidence: digests(this.folder) };
    this.write('record.json', `${JSON.stringify(good, null, 2)}\n`);
    writeReports(this.folder, good);
  }

  /** Signs what lies there; `change` makes the statement say something else. */
  sign(change: (statement: Loose) => void = () => {}, key: SigningKey = VENDOR): void {
    const record = JSON.parse(this.read('record.json')) as RunRecord;
    const statement = structuredClone(
      claimOf(record, runFiles(this.folder), new Date().toISOString()),
    );
    change(statement);
    this.put('claim', statement, key);
  }

  /** Puts a signed statement into the bundle. */
  put(kind: Kind, statement: object, key: SigningKey): void {
    for (const [name, text] of Object.entries(
      filesOf(kind, signStatement(statement, key), key.public),
    )) {
      rmSync(join(this.folder, name), { force: true });
      this.write(name, text);
    }
  }
}
