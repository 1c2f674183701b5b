// What a run shows while it goes on: one living line on a terminal, a line a case elsewhere.
import logUpdate from 'log-update';
import colors from 'yoctocolors';
import { attemptOutcome } from '../core/judge.ts';
import type { JournalEvent, Plan, Verdict } from '../schemas/generated/types.ts';

const WIDTH = 24;

/** Green for good, red for bad, yellow for what is open, plain for the rest. */
export const painted = (verdict: Verdict): string => {
  switch (verdict) {
    case 'pass':
      return colors.green(verdict);
    case 'fail':
    case 'error':
      return colors.red(verdict);
    case 'inconclusive':
    case 'not-run':
      return colors.yellow(verdict);
    case 'not-applicable':
      return colors.dim(verdict);
    default:
      return verdict satisfies never;
  }
};

export interface Progress {
  see(event: JournalEvent): void;
  done(): void;
}

/** Follows the journal of one subject. */
export const progress = (target: string, plan: Plan, live: boolean): Progress => {
  const planned = new Map(plan.cases.map((one) => [one.id, one]));
  const total = plan.cases.filter((one) => one.kind !== 'monitor').length;
  const ended = new Set<string>();
  let events: JournalEvent[] = [];
  let bad = 0;
  const line = (text: string): void => {
    if (live) logUpdate.clear();
    process.stderr.write(`${text}\n`);
  };
  const draw = (now: string): void => {
    if (!live) return;
    const filled = Math.round((WIDTH * ended.size) / Math.max(1, total));
    const bar = `${'█'.repeat(filled)}${colors.dim('░'.repeat(WIDTH - filled))}`;
    const count = `${ended.size}/${total}`;
    logUpdate(
      `${colors.bold(target)} ${bar} ${count}${bad > 0 ? colors.red(` ${bad} not passed`) : ''} ${colors.dim(now)}`,
    );
  };
  return {
    see: (event) => {
      if (event.event === 'run-started') draw('starting');
      else if (event.event === 'endpoint-probed') {
        const { product } = event.identity ?? {};
        const who = product ? `${product.vendor} ${product.name} ${product.version}` : event.detail;
        if (!live) line(`${target}: ${event.started ? who : `not started: ${event.detail}`}`);
      } else if (event.event === 'case-started') {
        events = [event];
        draw(event.case);
      } else if (event.event === 'case-ended') {
        const declared = planned.get(event.case);
        if (!declared) return;
        const { outcome, message } = attemptOutcome([...events, event], declared);
        const good = outcome.verdict === 'pass' || outcome.verdict === 'not-applicable';
        if (!good) bad += 1;
        ended.add(event.case);
        const again = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
        if (!live || !good) {
          line(
            `  ${painted(outcome.verdict)} ${event.case}${again}${message && ` ${colors.dim(message)}`}`,
          );
        }
        draw(event.case);
      } else if (event.event !== 'run-ended') events.push(event);
    },
    done: () => {
      if (live) logUpdate.clear();
    },
  };
};
