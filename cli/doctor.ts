// `causeway doctor`: whether an endpoint's adapter is sound, and if not, what to change.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Deadlines } from '../schemas/generated/types.ts';
import { diagnose, outcomeOf } from '../suites/doctor/diagnose.ts';
import type { Examined } from '../suites/doctor/examined.ts';
import { secondsOf } from './choices.ts';
import { type DoctorReport, doctorText, exitOf } from './doctor-report.ts';
import { examineTarget } from './examination.ts';
import { styleFor } from './style.ts';
import { commandTarget, resolveTargets, type Target } from './targets.ts';
import { UsageError } from './usage-error.ts';

export interface DoctorCommand {
  readonly command?: string;
  readonly timeout?: string;
  readonly out?: string;
  readonly json?: boolean;
}

/** In seconds; what misses a call's is asked again with five times the time. */
const CALL_SECONDS = 1;
const START_SECONDS = 10;
const CASE_SECONDS = 20;
const STOP_MILLISECONDS = 2000;

const targetOf = async (text: string | undefined, command: string | undefined): Promise<Target> => {
  if (command !== undefined) {
    if (text !== undefined) throw new UsageError('--command is a target itself; name no other');
    return commandTarget(command);
  }
  if (text === undefined) {
    throw new UsageError(
      'doctor takes one target: adapter:implementation or a target file. For what is here, type: causeway adapters',
    );
  }
  const targets = await resolveTargets([text]);
  const [target] = targets;
  if (!target || targets.length > 1) {
    const names = targets.map(({ name }) => name).join(', ');
    throw new UsageError(`doctor takes one target, and ${text} names ${names || 'none'}`);
  }
  return target;
};

const deadlinesOf = (target: Target, timeout: number | undefined): Deadlines => ({
  call: Math.round(1000 * (timeout ?? target.callTimeoutSeconds ?? CALL_SECONDS)),
  start: Math.round(1000 * (target.startTimeoutSeconds ?? START_SECONDS)),
  case: 1000 * CASE_SECONDS,
  stop: STOP_MILLISECONDS,
});

/** What the checks of a folder come to, as programs read it. */
export const reportOf = (target: string, examined: Examined, seconds: number): DoctorReport => {
  const diagnoses = diagnose(examined);
  const { identity, judgement } = examined;
  const complete = judgement.ended?.how === 'complete' && judgement.summary.error === 0;
  const outcome = outcomeOf(diagnoses, complete);
  return {
    format: 'causeway-doctor/1',
    target,
    ...(identity && { product: identity.product, adapter: identity.adapter }),
    outcome,
    exitCode: exitOf(outcome),
    seconds: Math.round(seconds * 10) / 10,
    checks: diagnoses.map(({ finding, ...check }) => ({ ...check, ...finding })),
  };
};

export const doctorCommand = async (
  text: string | undefined,
  options: DoctorCommand,
): Promise<number> => {
  const target = await targetOf(text, options.command);
  const timeout =
    options.timeout === undefined ? undefined : secondsOf(options.timeout, '--timeout');
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const temporary = mkdtempSync(join(tmpdir(), 'causeway-'));
  const folder = options.out ?? join(temporary, 'doctor');
  const from = performance.now();
  try {
    const deadlines = deadlinesOf(target, timeout);
    const examined = await examineTarget(target, folder, deadlines, controller.signal);
    const report = reportOf(target.name, examined, (performance.now() - from) / 1000);
    const json = `${JSON.stringify(report, null, 2)}\n`;
    if (options.out !== undefined) writeFileSync(join(folder, 'doctor.json'), json);
    process.stdout.write(options.json ? json : `${doctorText(report, styleFor(process.stdout))}\n`);
    return report.exitCode;
  } finally {
    process.removeListener('SIGINT', stop);
    process.removeListener('SIGTERM', stop);
    rmSync(temporary, { recursive: true, force: true });
  }
};
