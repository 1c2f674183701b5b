// Runs the cases again against journal and wire log, without the endpoint.
import type { AnyCase } from '../core/case.ts';
import type { JournalEvent, Plan, WireEntry } from '../schemas/generated/types.ts';
import { Evidence, memorySink } from './evidence.ts';
import { ReplayWire } from './replay-wire.ts';
import { Subject, speaking } from './subject.ts';

/** What a replay produced: the journal that the cases wrote now. */
export interface Replayed {
  readonly journal: readonly JournalEvent[];
  /** Why it stopped before the journal's end, if it did. */
  readonly stopped?: { readonly reason: 'cut-short' | 'diverged'; readonly message: string };
}

/** Replays a run. It always ends: where log and cases part, the case in hand is error. */
export const replay = async (
  plan: Plan,
  recorded: Iterable<JournalEvent>,
  wireLog: Iterable<WireEntry>,
  cases: readonly AnyCase[],
): Promise<Replayed> => {
  const journal: JournalEvent[] = [];
  const evidence = new Evidence({ wire: memorySink([]), journal: memorySink(journal) });
  const wire = new ReplayWire(wireLog, evidence);
  let halt: Replayed['stopped'];
  void wire.halted.then((reason) => {
    halt = reason;
  });
  const events = [...recorded];
  const [first] = events;
  if (first?.event !== 'run-started') {
    return { journal, stopped: { reason: 'cut-short', message: 'the journal has no beginning' } };
  }
  const { n: _n, t: _t, ...started } = first;
  evidence.journal(started);
  const begin = (parts: number, since: number): Subject =>
    new Subject(wire, evidence, first.deadlines, plan.seed.value, first.claims, parts, since);
  let subject = begin(0, 0);
  let parts = 0;
  /** When the shard in hand began, where the run was merged: its cases saw a time that began there. */
  let since = 0;
  /** In an attempt that was cut with its part of the run: it decided nothing, and is taken as it is. */
  let cut = false;
  const declared = speaking(cases);
  const ends = new Map(
    events.flatMap((event) =>
      event.event === 'case-ended' ? [[`${event.case} ${event.attempt}`, event.n] as const] : [],
    ),
  );
  const last = events.at(-1);
  /** Whether the run was cut between an event and its end, and said so. */
  const wasCut = (from: number): boolean =>
    events.some(({ event, n }) => n > from && (event === 'run-resumed' || event === 'run-ended'));

  for (const event of events) {
    if (event.event === 'run-resumed') {
      wire.skip(event.n);
      parts += 1;
      if (event.shard) since = event.t;
      subject = begin(parts, since);
      cut = false;
      evidence.skipTo(event.n);
      journal.push(event);
    } else if (event.event === 'run-ended' && cut) {
      wire.skip(event.n);
      evidence.skipTo(event.n);
      journal.push(event);
    } else if (cut) {
      journal.push(event);
    } else if (event.event === 'endpoint-probed') {
      wire.allow(event.n);
      await subject.probe(async () => event.files);
      wire.pause();
    } else if (event.event === 'case-started') {
      const end = ends.get(`${event.case} ${event.attempt}`);
      if (end === undefined && wasCut(event.n)) {
        cut = true;
        journal.push(event);
        continue;
      }
      if (!(await wire.drain(event.n))) {
        halt ??= { reason: 'diverged', message: `entry ${event.n}: the log holds more before it` };
        break;
      }
      evidence.skipTo(event.n - 1);
      const planned = plan.cases.find((one) => one.id === event.case);
      const one = declared.get(event.case);
      if (!planned || !one) {
        halt = { reason: 'diverged', message: `this suite has no case ${event.case}` };
        break;
      }
      wire.allow(end ?? last?.n ?? event.n);
      await subject.attempt(one, planned, event);
      wire.pause();
    } else if (event.event === 'run-ended') {
      // What came after the last case's end, before the last session was closed.
      await wire.drain(event.n);
      wire.allow(event.n);
      await Promise.race([subject.close(), wire.halted]);
      wire.pause();
      evidence.skipTo(event.n - 1);
      evidence.journal({ event: 'run-ended', how: event.how });
    }
    if (halt) break;
  }
  if (!halt && last?.event !== 'run-ended') {
    halt = { reason: 'cut-short', message: 'the journal has no end' };
  }
  return { journal, ...(halt && { stopped: halt }) };
};
