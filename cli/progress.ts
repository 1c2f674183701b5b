// What a run shows while it goes on: a living line for each subject on a terminal, a line a case elsewhere.
import { attemptOutcome } from '../core/attempt.ts';
import type { Past } from '../core/past.ts';
import { colour } from '../reports/summary.ts';
import type { JournalEvent, Plan } from '../schemas/generated/types.ts';
import { styleFor } from './style.ts';

const WIDTH = 24;

const style = styleFor(process.stderr);

/** Follows the journal of one subject. */
export interface Progress {
  see(event: JournalEvent): void;
  done(): void;
}

/** Where the subjects of a command are followed, several at a time. */
export interface Board {
  follow(target: string, plan: Plan, past: Past): Progress;
}

/** `live`: on a terminal. `several`: lines name their subject. */
export const progressBoard = async (live: boolean, several: boolean): Promise<Board> => {
  const drawn = new Map<string, string>();
  const terminal = live ? (await import('log-update')).default : undefined;
  const redraw = (): void => {
    if (drawn.size === 0) terminal?.clear();
    else terminal?.([...drawn.values()].join('\n'));
  };
  const print = (text: string): void => {
    terminal?.clear();
    process.stderr.write(`${text}\n`);
    redraw();
  };

  const follow = (target: string, plan: Plan, past: Past): Progress => {
    const planned = new Map(plan.cases.map((one) => [one.id, one]));
    const total = plan.cases.filter((one) => one.kind !== 'monitor').length;
    const ended = new Set(
      [...past.cases].filter(([, one]) => one.ended.length > 0).map(([id]) => id),
    );
    const prefix = several ? `${style.dim(target)} ` : '';
    let events: JournalEvent[] = [];
    let bad = 0;
    const draw = (now: string): void => {
      const filled = Math.round((WIDTH * ended.size) / Math.max(1, total));
      const bar = `${'█'.repeat(filled)}${style.dim('░'.repeat(WIDTH - filled))}`;
      const notPassed = bad > 0 ? style.red(` ${bad} not passed`) : '';
      drawn.set(
        target,
        `${style.bold(target)} ${bar} ${ended.size}/${total}${notPassed} ${style.dim(now)}`,
      );
      redraw();
    };
    return {
      see: (event) => {
        if (event.event === 'run-started') draw('starting');
        else if (event.event === 'run-resumed') {
          const again = event.again ? `; ${event.again} was cut, and is tried again` : '';
          print(`${target}: goes on after ${ended.size} of ${total} cases${again}`);
          draw('starting');
        } else if (event.event === 'endpoint-probed') {
          const { product } = event.identity ?? {};
          const who = product
            ? `${product.vendor} ${product.name} ${product.version}`
            : event.detail;
          if (!live) print(`${target}: ${event.started ? who : `not started: ${event.detail}`}`);
        } else if (event.event === 'case-started') {
          events = [event];
          draw(event.case);
        } else if (event.event === 'case-ended') {
          const declared = planned.get(event.case);
          if (!declared) return;
          const { outcome, message } = attemptOutcome([...events, event], declared);
          const good = outcome.verdict === 'pass' || outcome.verdict === 'not-applicable';
          if (!good && event.attempt === 1) bad += 1;
          ended.add(event.case);
          const again = event.attempt > 1 ? ` (attempt ${event.attempt})` : '';
          if (!live || !good) {
            print(
              `  ${prefix}${colour(outcome.verdict, style)(outcome.verdict)} ${event.case}${again}${message && ` ${style.dim(message)}`}`,
            );
          }
          draw(event.case);
        } else if (event.event !== 'run-ended') events.push(event);
      },
      done: () => {
        drawn.delete(target);
        redraw();
      },
    };
  };
  return { follow };
};
