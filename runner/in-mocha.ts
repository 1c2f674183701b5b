// The only place that knows mocha: runs a list of titled functions in it, one after another. Verdicts
// come from the journal; mocha's own counts are never read.
import { AsyncLocalStorage } from 'node:async_hooks';
import Mocha from 'mocha';

export interface Step {
  readonly title: string;
  run(): Promise<void>;
  /** What escaped the step's own promise: an exception of a callback, a rejection nobody awaited. */
  stray(error: unknown): void;
}

/** A test marked only would leave out the others without a word. */
interface Exclusive {
  hasOnly(): boolean;
}

/** mocha's own process-wide handlers, which fail the running test of every other instance too. */
interface Handlers {
  uncaught?: (error: unknown) => void;
  unhandled?: (reason: unknown) => void;
}

/** Whose work the present one is: runs go on side by side in one process. */
const running = new AsyncLocalStorage<Step>();

/** Runs the steps in order; `stop` leaves out those that have not begun. Settles when all is done. */
export const inMocha = async (
  title: string,
  steps: readonly Step[],
  stop: AbortSignal,
): Promise<void> => {
  const mocha = new Mocha({ timeout: 0, reporter: class {} as unknown as string });
  const suite = Mocha.Suite.create(mocha.suite, title);
  let current: Step | undefined;
  for (const step of steps) {
    suite.addTest(
      new Mocha.Test(step.title, () => {
        if (stop.aborted) return undefined;
        current = step;
        return running.run(step, () => step.run());
      }),
    );
  }
  if ((mocha.suite as unknown as Exclusive).hasOnly())
    throw new Error('a case is marked only: the plan would not be run');
  const own = new Set(steps);
  const stray = (error: unknown): void => {
    const step = running.getStore() ?? current;
    if (step && own.has(step)) step.stray(error);
  };
  process.on('uncaughtException', stray);
  process.on('unhandledRejection', stray);
  try {
    await new Promise<void>((resolve) => {
      const runner = mocha.run(() => resolve());
      const { uncaught, unhandled } = runner as unknown as Handlers;
      if (uncaught) process.removeListener('uncaughtException', uncaught);
      if (unhandled) process.removeListener('unhandledRejection', unhandled);
    });
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.removeListener('uncaughtException', stray);
    process.removeListener('unhandledRejection', stray);
    mocha.dispose();
  }
};
