// FRM-TRN-007: a training has parameters of its own, and what it does to them is done to nothing else.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import type { Model } from '../../../core/onnx/model.ts';
import { fromMessage, type Tensor } from '../../../core/onnx/tensor.ts';
import { evaluate } from '../../../core/operators/graph.ts';
import type { Checkpoint, ModelOutput } from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { attemptRun, inputsOf, loaded, outputOf } from '../models.ts';
import { batchOf, beginParams, lineOfQuarters, tensorsOf } from './line.ts';

const MODEL = 'FRM-TRN-007/model';
const OTHERS = 'FRM-TRN-007/others';
const REST = 'FRM-TRN-007/rest';

type Batch = Readonly<Record<string, Tensor>>;

/** The loss of a model, in which nothing is rounded. */
const lossOf = (model: Model, batch: Batch): number =>
  Number(evaluate(model, batch)['loss']?.values[0]);

const begin = async (
  context: Context,
  model: string,
  parameters = beginParams(model).parameters,
): Promise<string> => {
  const params = { ...beginParams(model), parameters };
  return (await context.given('framework.training.begin', params)).training;
};

const step = (context: Context, training: string, inputs = batchOf(context.random)) =>
  context.given('framework.training.step', { training, inputs });

/** Takes a step, and states which loss it has. */
const steps = async (
  context: Context,
  expectation: ExpectationId,
  where: string,
  training: string,
  batch: Batch,
  expected: number,
): Promise<void> => {
  const { loss } = await step(context, training, inputsOf(batch));
  const observed = fromMessage(loss)?.values[0];
  context.expectation(
    expectation,
    { expected: `${where}: a loss of ${expected}`, observed: `${where}: a loss of ${observed}` },
    () => expect(observed).to.equal(expected),
  );
};

const model: Case = {
  id: 'FRM-TRN-007/model',
  title: 'a model runs as it was loaded before, between and after the steps of its trainings',
  requirements: ['FRM-TRN-007'],
  expectations: [MODEL],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const trained = lineOfQuarters(context.random);
    const handle = await loaded(context, trained);
    const runs = async (where: string): Promise<void> => {
      const batch = tensorsOf(context.random);
      const expected = lossOf(trained, batch);
      const answer = await attemptRun(context, MODEL, handle, batch, ['loss']);
      const observed = outputOf(answer, 'loss')?.values[0] ?? brief(answer);
      context.expectation(
        MODEL,
        { expected: `${where}: ${expected}`, observed: `${where}: ${observed}` },
        () => expect(observed).to.equal(expected),
      );
    };
    await runs('before a training');
    const training = await begin(context, handle);
    await runs('before a step');
    for (const many of ['one step', 'two steps']) {
      await step(context, training);
      await runs(`after ${many}`);
    }
    await context.given('framework.training.end', { training });
    await runs('after the training');
  },
};

/** What a checkpoint has under each name, whatever its order. */
const told = ({ parameters, velocities }: Checkpoint): string[] => {
  const words = (part: string, { name, value }: ModelOutput): string =>
    `${part} ${name}: ${fromMessage(value)?.values.join(', ')}`;
  return [
    ...parameters.map((one) => words('parameter', one)),
    ...velocities.map((one) => words('velocity', one)),
  ].sort();
};

const others: Case = {
  id: 'FRM-TRN-007/others',
  title: 'a training has the same whether others of its model take steps or not',
  requirements: ['FRM-TRN-007'],
  expectations: [OTHERS],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const trained = lineOfQuarters(context.random);
    const handle = await loaded(context, trained);
    const [first, beside] = [await begin(context, handle), await begin(context, handle)];
    for (let count = 0; count < 2; count += 1) await step(context, first);
    const later = await begin(context, handle);
    await step(context, first);
    // Of the same model, loaded anew: nothing was done to it.
    const alone = await begin(context, await loaded(context, trained));
    const batch = tensorsOf(context.random);
    const expected = lossOf(trained, batch);
    await step(context, alone, inputsOf(batch));
    const checkpointOf = async (training: string): Promise<string[]> =>
      told(await context.given('framework.training.checkpoint', { training }));
    const without = await checkpointOf(alone);
    for (const [where, training] of [
      ['begun before the steps of another', beside],
      ['begun after steps of another', later],
    ] as const) {
      await steps(context, OTHERS, where, training, batch, expected);
      const found = await checkpointOf(training);
      context.expectation(
        OTHERS,
        { expected: [where, ...without], observed: [where, ...found] },
        () => expect(found).to.deep.equal(without),
      );
    }
  },
};

const rest: Case = {
  id: 'FRM-TRN-007/rest',
  title: 'an initializer that is no parameter of a training stays as the model has it',
  requirements: ['FRM-TRN-007'],
  expectations: [REST],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const trained = lineOfQuarters(context.random);
    const handle = await loaded(context, trained);
    for (const name of ['w', 'b']) {
      const training = await begin(context, handle, [name]);
      const batch = tensorsOf(context.random);
      const where = `${name} alone is trained`;
      await steps(context, REST, where, training, batch, lossOf(trained, batch));
      const { parameters } = await context.given('framework.training.checkpoint', { training });
      const names = parameters.map((one) => one.name);
      context.expectation(
        REST,
        { expected: `${where}: ${name}`, observed: `${where}: ${names}` },
        () => expect(names).to.deep.equal([name]),
      );
      const own = parameters.flatMap(({ value }) => fromMessage(value) ?? []);
      const initializers = {
        ...trained.initializers,
        ...Object.fromEntries(own.map((one) => [name, one])),
      };
      const next = tensorsOf(context.random);
      const expected = lossOf({ ...trained, initializers }, next);
      await steps(context, REST, `${where}, after a step`, training, next, expected);
    }
  },
};

export const ownParameters: readonly Case[] = [model, others, rest];
