// FRM-AUD-002: a run that is in a hurry gives what any other does.
import type { Case } from '../../../core/case.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import { goesThrough, succeeds } from '../../support.ts';
import { loaded } from '../models.ts';
import { drawn, layers, type Ran, rowsAreRight, runOf, weightsOf } from './layers.ts';

const ROWS = 4;
const DEPTH = 1;
/** Runs with nothing beside them and a pause before each, in milliseconds. */
const SLOW = 4;
const PAUSE = 20;
/** Runs that follow each other at once, and how many are open at a time. */
const HURRIED = 64;
const AT_ONCE = 8;

const RUN = 'FRM-AUD-002/run';

const hurried: Case = {
  id: 'FRM-AUD-002/hurried',
  title: 'what runs give that follow each other at once is as right as what a single one gives',
  requirements: ['FRM-AUD-002'],
  expectations: [RUN, 'FRM-AUD-002/slow', 'FRM-AUD-002/hurried'],
  kind: 'own',
  run: async (context) => {
    const model = layers(weightsOf(context.random), DEPTH);
    const handle = await loaded(context, model);
    const inputs = Array.from({ length: SLOW + HURRIED }, () => drawn(context.random, ROWS));
    const run = async (x: Tensor, ask: typeof succeeds): Promise<Ran> => ({
      x,
      result: await ask(context, RUN, 'framework.model.run', runOf(handle, x)),
    });
    const slow: Ran[] = [];
    for (const x of inputs.slice(0, SLOW)) {
      await context.pause(PAUSE);
      slow.push(await run(x, succeeds));
    }
    const fast: Ran[] = [];
    for (let begun = SLOW; begun < inputs.length; begun += AT_ONCE) {
      const open = inputs.slice(begun, begun + AT_ONCE);
      fast.push(...(await Promise.all(open.map((x) => run(x, goesThrough)))));
    }
    // Only now: what the client computes is no part of the hurry.
    rowsAreRight(context, 'FRM-AUD-002/slow', model, 'single run', slow);
    rowsAreRight(context, 'FRM-AUD-002/hurried', model, 'hurried run', fast);
  },
};

export const hurriedCases: readonly Case[] = [hurried];
