// FRM-MOD-006: what was unloaded is gone, and nothing else.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { brief, refusal, refuses, succeeds } from '../../support.ts';
import { attemptRun, inputsOf, loaded, outputOf } from '../models.ts';
import { numbers } from '../trials/trial.ts';
import { goesOn, weighted } from './samples.ts';

const x = numbers('float32', [3], [1, 2, 3]);
const run = (model: string) => ({ model, inputs: inputsOf({ x }), outputs: ['y'] });

/** States that a model still multiplies by its weight. */
const isThere = async (context: Context, model: string, weight: number): Promise<void> => {
  const answer = await attemptRun(context, 'FRM-MOD-006/others', model, { x }, ['y']);
  const observed = outputOf(answer, 'y')?.values ?? brief(answer);
  const expected = x.values.map((one) => Number(one) * weight);
  context.expectation('FRM-MOD-006/others', { expected, observed }, () =>
    expect(observed).to.deep.equal(expected),
  );
};

const unloaded: Case = {
  id: 'FRM-MOD-006/unloaded',
  title: 'an unloaded model answers HANDLE_INVALID to everything, and others go on as they are',
  requirements: ['FRM-MOD-006'],
  expectations: [
    'FRM-MOD-006/unload',
    'FRM-MOD-006/use',
    'FRM-MOD-006/new-handle',
    'FRM-MOD-006/others',
  ],
  kind: 'own',
  run: async (context) => {
    const handles: string[] = [];
    for (const weight of [2, 3, 5]) handles.push(await loaded(context, weighted(weight)));
    const [first = '', second = '', third = ''] = handles;
    await succeeds(context, 'FRM-MOD-006/unload', 'framework.model.unload', { model: second });
    const invalid = refusal('HANDLE_INVALID');
    await refuses(context, 'FRM-MOD-006/use', invalid, 'framework.model.run', run(second));
    await refuses(context, 'FRM-MOD-006/use', invalid, 'framework.model.unload', { model: second });
    const fourth = await loaded(context, weighted(7));
    context.expectation(
      'FRM-MOD-006/new-handle',
      { expected: 'a handle that was never given', observed: fourth },
      () => expect(handles).to.not.include(fourth),
    );
    await isThere(context, first, 2);
    await isThere(context, third, 5);
    await isThere(context, fourth, 7);
  },
};

const foreign: Case = {
  id: 'FRM-MOD-006/foreign',
  title: "another session's model answers HANDLE_INVALID, and goes on where it is",
  requirements: ['FRM-MOD-006'],
  expectations: ['FRM-MOD-006/foreign', 'FRM-MOD-006/others', 'FRM-MOD-006/serving'],
  kind: 'own',
  run: async (context) => {
    const model = await loaded(context, weighted(2));
    const other = await context.open('ready');
    const invalid = refusal('HANDLE_INVALID');
    await refuses(other, 'FRM-MOD-006/foreign', invalid, 'framework.model.run', run(model));
    await refuses(other, 'FRM-MOD-006/foreign', invalid, 'framework.model.unload', { model });
    await other.close();
    await goesOn(context, 'FRM-MOD-006/serving');
    await isThere(context, model, 2);
  },
};

const differentiated: Case = {
  id: 'FRM-MOD-006/gradient',
  title: 'an unloaded model, and that of another session, answers HANDLE_INVALID to a gradient',
  requirements: ['FRM-MOD-006'],
  expectations: ['FRM-MOD-006/gradient'],
  needs: ['framework.gradient'],
  kind: 'own',
  run: async (context) => {
    const [gone, kept] = [await loaded(context, weighted(2)), await loaded(context, weighted(3))];
    await context.given('framework.model.unload', { model: gone });
    const other = await context.open('ready');
    for (const [session, model] of [
      [context, gone],
      [other, kept],
    ] as const) {
      await refuses(
        session,
        'FRM-MOD-006/gradient',
        refusal('HANDLE_INVALID'),
        'framework.model.gradient',
        { model, inputs: inputsOf({ x }), weights: inputsOf({ y: x }), variables: ['x'] },
      );
    }
    await other.close();
  },
};

export const modelHandles: readonly Case[] = [unloaded, foreign, differentiated];
