// A run of doctor's cases against one endpoint, with its evidence in a folder, and that evidence as the
// checks read it: the same whenever it is read.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyCase } from '../core/case.ts';
import type { Launch, StartEndpoint } from '../core/endpoint.ts';
import { judge } from '../core/judge.ts';
import { plan as makePlan, profiles } from '../core/plan.ts';
import { Evidence, redactor } from '../runner/evidence.ts';
import { createFolder, readJournal, readPlan, readWire } from '../runner/folder.ts';
import { endLeftBehind } from '../runner/left-behind.ts';
import { processEndpoints } from '../runner/process.ts';
import { run } from '../runner/run.ts';
import type { Deadlines, Plan } from '../schemas/generated/types.ts';
import { doctorCases } from '../suites/doctor/cases.ts';
import { type Examined, sessionsOf } from '../suites/doctor/examined.ts';
import { patience } from './patience.ts';
import type { Target } from './targets.ts';
import { suiteIdentity } from './version.ts';

/** What a start that was silent gets, asked with headers. */
const SECOND_START_SECONDS = 3;
/** Names a variable that everything of this run inherits. */
const MARK = 'CAUSEWAY_DOCTOR';
const WIRE_HEADERS = 'with-headers';

const planOf = (cases: readonly AnyCase[]): Plan => {
  const [profile] = profiles;
  if (!profile) throw new Error('the standard has no profile');
  const groups = [...new Set(cases.flatMap(({ requirements }) => requirements))].map((id) =>
    id.slice(0, id.lastIndexOf('-')),
  );
  return makePlan({
    suite: suiteIdentity(),
    profile: { ...profile, groups },
    level: 3,
    seed: { value: 'doctor', source: 'given' },
    cases,
  });
};

/** The endpoint, asked as the language server protocol asks: what it says to that shows how it frames. */
const withHeaders =
  (start: StartEndpoint): StartEndpoint =>
  (session, events) => {
    const endpoint = start(session, events);
    const send = (line: string): void =>
      endpoint.send(`Content-Length: ${Buffer.byteLength(line)}\r\n\r\n${line}`);
    return { ...endpoint, send };
  };

/** One run of some cases, with its evidence in `folder`. */
export const runInto = async (
  folder: string,
  target: Target,
  cases: readonly AnyCase[],
  start: StartEndpoint,
  deadlines: Deadlines,
  interrupt: AbortSignal,
): Promise<void> => {
  const plan = planOf(cases);
  const waiting = patience(interrupt);
  const sinks = createFolder(folder, plan, redactor(target.launch.secrets ?? {}));
  const evidence = new Evidence(sinks, (event) => {
    // Who does not say who it is cannot be asked anything else.
    if (event.event === 'endpoint-probed' && !event.identity) waiting.enough();
    if ('cause' in event && event.cause === 'hung') waiting.late();
  });
  try {
    await run({
      plan,
      cases,
      start: (session, events) => {
        const endpoint = start(session, events);
        const kill = (): void => {
          waiting.late();
          endpoint.kill();
        };
        return { ...endpoint, kill };
      },
      target: target.name,
      deadlines,
      ...(target.claims && { claims: target.claims }),
      evidence,
      files: async () => [],
      signal: waiting.signal,
      repeats: 0,
    });
  } finally {
    waiting.end();
    evidence.close();
  }
};

/** What lies in a folder, as checks read it. */
export const examine = (folder: string, leftBehind: readonly string[] | undefined): Examined => {
  const wire = [...readWire(folder)];
  const monitors = doctorCases.flatMap((one) => (one.kind === 'monitor' ? [one] : []));
  const judgement = judge(readPlan(folder), readJournal(folder), wire, monitors);
  return {
    judgement,
    identity: judgement.probed?.identity,
    sessions: sessionsOf(wire),
    withHeaders: sessionsOf(readWire(join(folder, WIRE_HEADERS))),
    leftBehind,
  };
};

/** Whether the first start was there and said nothing at all. */
const wasSilent = ({ sessions }: Examined): boolean => {
  const [first] = sessions;
  if (!first || (first.end && !first.closed)) return false;
  return first.bad.length === 0 && first.calls.every(({ reply }) => !reply);
};

/** Asks, and reads the checks. All evidence stays in `folder`. */
export const examineTarget = async (
  target: Target,
  folder: string,
  deadlines: Deadlines,
  interrupt: AbortSignal,
): Promise<Examined> => {
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-'));
  const value = randomBytes(8).toString('hex');
  const environment = { ...target.launch.environment, [MARK]: value };
  const launch: Launch = { ...target.launch, environment };
  const start = processEndpoints(launch, scratch, deadlines.stop);
  const redact = redactor(target.launch.secrets ?? {});
  const left = async (): Promise<string[] | undefined> =>
    (await endLeftBehind(`${MARK}=${value}`))?.map(({ pid, command }) =>
      redact(`${pid} ${command}`),
    );
  try {
    await runInto(folder, target, doctorCases, start, deadlines, interrupt);
    const found = examine(folder, undefined);
    if (!wasSilent(found) || interrupt.aborted) return { ...found, leftBehind: await left() };
    const second = { ...deadlines, call: 0, start: 1000 * SECOND_START_SECONDS };
    const place = join(folder, WIRE_HEADERS);
    await runInto(place, target, [], withHeaders(start), second, interrupt);
    return examine(folder, await left());
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
