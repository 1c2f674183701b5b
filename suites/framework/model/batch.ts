// FRM-MOD-004 and FRM-MOD-005: the same again, and rows that do not know of each other.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { bytesOf } from '../../../core/onnx/element.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import { evaluate } from '../../../core/operators/graph.ts';
import { succeeds } from '../../support.ts';
import { attemptRun, loaded, loadParams, outputOf } from '../models.ts';
import { firstFar, toleranceOf } from '../near.ts';
import { between } from '../trials/trial.ts';
import { eighths, network } from './samples.ts';

const BATCHES = [1, 2, 7, 32, 7, 2, 1] as const;

const batches: Case = {
  id: 'FRM-MOD-005/batches',
  title: 'batches of 1, 2, 7 and 32 give each row what its own input makes',
  requirements: ['FRM-MOD-005'],
  expectations: ['FRM-MOD-005/load', 'FRM-MOD-005/shape', 'FRM-MOD-005/rows'],
  kind: 'shared',
  run: async (context) => {
    const model = network(context.random);
    const { model: handle } = await succeeds(
      context,
      'FRM-MOD-005/load',
      'framework.model.load',
      loadParams(model),
    );
    for (const batch of BATCHES) {
      const x = eighths(context.random, [batch, 5]);
      const answer = await attemptRun(context, 'FRM-MOD-005/shape', handle, { x }, ['y']);
      const observed = outputOf(answer, 'y');
      const shape = observed?.shape ?? null;
      context.expectation('FRM-MOD-005/shape', { expected: [batch, 5], observed: shape }, () =>
        expect(shape).to.deep.equal([batch, 5]),
      );
      const exact = evaluate(model, { x })['y'];
      if (!exact || !observed) return;
      const far = firstFar(exact, observed, toleranceOf('elementary'), false);
      const at = far ?? 0;
      context.expectation(
        'FRM-MOD-005/rows',
        {
          expected: `batch ${batch}, row ${Math.floor(at / 5)}: ${exact.values[at]}`,
          observed: `batch ${batch}, row ${Math.floor(at / 5)}: ${observed.values[at]}`,
        },
        () => expect(far).to.equal(undefined),
      );
    }
    await context.given('framework.model.unload', { model: handle });
  },
};

const RUNS = 20;
const SAME = 'FRM-MOD-004/same';

/** The bits of what a model makes of `x`, in hexadecimal. */
const bitsOf = async (
  context: Context,
  expectation: ExpectationId,
  model: string,
  x: Tensor,
): Promise<string> => {
  const found = outputOf(await attemptRun(context, expectation, model, { x }, ['y']), 'y');
  return Buffer.from(found ? bytesOf(found.type, found.values) : []).toString('hex');
};

const again: Case = {
  id: 'FRM-MOD-004/again',
  title:
    'the same model on the same inputs gives the same bits, whenever and wherever it was loaded',
  requirements: ['FRM-MOD-004'],
  expectations: [SAME],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const model = network(context.random);
    const x = between(context.random, 'float32', [32, 5], [-2, 2]);
    const first = await loaded(context, model);
    const expected = await bitsOf(context, SAME, first, x);
    const other = await context.open('ready');
    const places: [Context, string, string][] = [
      ...Array.from({ length: RUNS }, (): [Context, string, string] => [context, first, 'again']),
      [context, await loaded(context, model), 'loaded twice'],
      [other, await loaded(other, model), 'in another session'],
    ];
    for (const [session, handle, where] of places) {
      // Something else between, so that no answer is only kept.
      await bitsOf(session, SAME, handle, tensor('float32', [1, 5], [1, 2, 3, 4, 5]));
      const observed = await bitsOf(session, SAME, handle, x);
      context.expectation(
        SAME,
        {
          expected: `${where}: ${expected.slice(0, 64)}...`,
          observed: `${where}: ${observed.slice(0, 64)}...`,
        },
        () => expect(observed).to.equal(expected),
      );
    }
    await other.close();
  },
};

export const batchCases: readonly Case[] = [batches, again];
