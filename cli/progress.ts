// What a run shows while it goes on: one living line on a terminal, a line a case elsewhere.
import logUpdate from 'log-update';
import { attemptOutcome } from '../core/attempt.ts';
import { colour } from '../reports/summary.ts';
import type { JournalEvent, Plan } from '../schemas/generated/types.ts';
import { styleFor } from './style.ts';

const WIDTH = 24;

const style = styleFor(process.stderr);

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
    const bar = `${'█'.repeat(filled)}${style.dim('░'.repeat(WIDTH - filled))}`;
    const count = `${ended.size}/${total}`;
    logUpdate(
      `${style.bold(target)} ${bar} ${count}${bad > 0 ? style.red(` ${bad} not passed`) : ''} ${style.dim(now)}`,
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
            `  ${colour(outcome.verdict, style)(outcome.verdict)} ${event.case}${again}${message && ` ${style.dim(message)}`}`,
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
