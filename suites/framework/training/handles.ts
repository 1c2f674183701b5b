// FRM-TRN-006: a training that was ended is gone, and nothing else.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Checkpoint } from '../../../schemas/generated/types.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { batchOf, beginParams, begun, loadedLine } from './line.ts';

const invalid = refusal('HANDLE_INVALID');

/** Every method that takes a training refuses it. */
const isInvalid = async (
  context: Context,
  expectation: ExpectationId,
  training: string,
  from: Checkpoint,
): Promise<void> => {
  const refusesIt = (method: string, more: object = {}): Promise<void> =>
    refuses(context, expectation, invalid, method, { training, ...more });
  await refusesIt('framework.training.step', { inputs: batchOf(context.random) });
  await refusesIt('framework.training.checkpoint');
  await refusesIt('framework.training.restore', from);
  await refusesIt('framework.training.end');
};

const takesStep = (
  context: Context,
  expectation: ExpectationId,
  training: string,
): Promise<unknown> =>
  succeeds(context, expectation, 'framework.training.step', {
    training,
    inputs: batchOf(context.random),
  });

const ended: Case = {
  id: 'FRM-TRN-006/ended',
  title: 'a training that was ended answers HANDLE_INVALID to everything, and another goes on',
  requirements: ['FRM-TRN-006'],
  expectations: [
    'FRM-TRN-006/end',
    'FRM-TRN-006/use',
    'FRM-TRN-006/new-handle',
    'FRM-TRN-006/others',
    'FRM-TRN-006/unloaded',
  ],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const model = await loadedLine(context);
    const params = beginParams(model);
    const begin = async (): Promise<string> =>
      (await context.given('framework.training.begin', params)).training;
    const [first, second] = [await begin(), await begin()];
    const from = await context.given('framework.training.checkpoint', { training: second });
    await succeeds(context, 'FRM-TRN-006/end', 'framework.training.end', { training: first });
    await isInvalid(context, 'FRM-TRN-006/use', first, from);
    const third = await begin();
    context.expectation(
      'FRM-TRN-006/new-handle',
      { expected: 'a handle that was never given', observed: third },
      () => expect([first, second]).to.not.include(third),
    );
    await context.given('framework.model.unload', { model });
    await takesStep(context, 'FRM-TRN-006/others', second);
    await takesStep(context, 'FRM-TRN-006/others', third);
    await refuses(context, 'FRM-TRN-006/unloaded', invalid, 'framework.training.begin', params);
  },
};

const foreign: Case = {
  id: 'FRM-TRN-006/foreign',
  title: "another session's training answers HANDLE_INVALID, and goes on where it is",
  requirements: ['FRM-TRN-006'],
  expectations: ['FRM-TRN-006/foreign', 'FRM-TRN-006/serving'],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const training = await begun(context);
    const other = await context.open('ready');
    const from = await context.given('framework.training.checkpoint', { training });
    await isInvalid(other, 'FRM-TRN-006/foreign', training, from);
    await other.close();
    await takesStep(context, 'FRM-TRN-006/serving', training);
  },
};

export const trainingHandles: readonly Case[] = [ended, foreign];
