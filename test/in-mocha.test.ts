// What escapes a step is told to that step alone, and nothing of a run stays behind in the process.
import { expect } from 'chai';
import { inMocha, type Step } from '../runner/in-mocha.ts';

const NEVER = new AbortController().signal;

const step = (title: string, act: () => void | Promise<void>, strays: string[]): Step => ({
  title,
  run: async () => {
    await act();
  },
  stray: (error) => {
    strays.push(`${title}: ${(error as Error).message}`);
  },
});

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('steps in mocha', () => {
  it('run in order, each to its end', async () => {
    const order: string[] = [];
    const steps = ['a', 'b', 'c'].map((title) =>
      step(title, async () => {
        await turn();
        order.push(title);
      }, []),
    );
    await inMocha('order', steps, NEVER);
    expect(order).to.deep.equal(['a', 'b', 'c']);
  });

  it('are left out once they are stopped', async () => {
    const controller = new AbortController();
    const order: string[] = [];
    const steps = ['a', 'b', 'c'].map((title) =>
      step(title, () => {
        order.push(title);
        if (title === 'b') controller.abort();
      }, []),
    );
    await inMocha('stop', steps, controller.signal);
    expect(order).to.deep.equal(['a', 'b']);
  });

  it('are told what escapes them, also when several run at once, and leave no handler', async () => {
    // The test runner's own handlers would take these for its own.
    const held = ['uncaughtException', 'unhandledRejection'].map((event) => {
      const own = process.listeners(event as 'uncaughtException');
      process.removeAllListeners(event);
      return { event, own };
    });
    const strays: string[] = [];
    try {
      const runs = ['x', 'y', 'z'].map((name) =>
        inMocha(
          name,
          [
            step(
              `${name} throws`,
              async () => {
                if (name === 'x') {
                  setTimeout(() => {
                    throw new Error('in a callback');
                  }, 1);
                  void Promise.reject(new Error('awaited by nobody'));
                }
                await turn();
                await turn();
              },
              strays,
            ),
          ],
          NEVER,
        ),
      );
      await Promise.all(runs);
      for (const { event } of held) expect(process.listenerCount(event)).to.equal(0);
    } finally {
      for (const { event, own } of held) {
        for (const listener of own) process.on(event as 'uncaughtException', listener);
      }
    }
    expect([...new Set(strays)].sort()).to.deep.equal([
      'x throws: awaited by nobody',
      'x throws: in a callback',
    ]);
  });
});
