// FRM-TRN-003: a training that goes on where another was left.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { toMessage } from '../../../core/onnx/tensor.ts';
import type { Checkpoint } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { between, numbers } from '../trials/trial.ts';
import { batchOf, begun, WIDTH } from './line.ts';

const CHECKPOINT = 'FRM-TRN-003/checkpoint';
const RESTORE = 'FRM-TRN-003/restore';

const checkpoint = (context: Context, training: string): Promise<Checkpoint> =>
  succeeds(context, CHECKPOINT, 'framework.training.checkpoint', { training });

const restore = (context: Context, training: string, from: Checkpoint): Promise<unknown> =>
  succeeds(context, RESTORE, 'framework.training.restore', { training, ...from });

/** All that a checkpoint holds, whatever its order and beside what else. */
const told = ({ parameters, velocities }: Checkpoint): Record<string, string> =>
  Object.fromEntries(
    Object.entries({ parameters, velocities }).flatMap(([part, all]) =>
      all
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
        .map(({ name, value: { type, shape, base64 } }) => [
          `${part} ${name}`,
          `${type} [${shape}] ${base64}`,
        ]),
    ),
  );

const isSame = (
  context: Context,
  id: ExpectationId,
  expected: Checkpoint,
  observed: Checkpoint,
): void =>
  context.expectation(id, { expected: told(expected), observed: told(observed) }, () =>
    expect(told(observed)).to.deep.equal(told(expected)),
  );

const LARGEST = 3.4028234663852886e38;
const SMALLEST = 1.401298464324817e-45;

/** Numbers that another way of writing them down would lose. */
const delicate = (context: Context): Checkpoint => {
  const named = (name: string, shape: readonly number[], values: readonly number[]) => ({
    name,
    value: toMessage(numbers('float32', shape, values)),
  });
  const any = (): number => Number(between(context.random, 'float32', [], [-1, 1]).values[0]);
  return {
    parameters: [named('w', [WIDTH, 1], [-0, SMALLEST, any()]), named('b', [1], [LARGEST])],
    velocities: [
      named('w', [WIDTH, 1], [any(), Number.NEGATIVE_INFINITY, 1e-38]),
      named('b', [1], [any()]),
    ],
  };
};

const bits: Case = {
  id: 'FRM-TRN-003/bits',
  title: 'a checkpoint holds the bits that were restored, and so in another session',
  requirements: ['FRM-TRN-003'],
  expectations: [CHECKPOINT, RESTORE, 'FRM-TRN-003/bits'],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const given = delicate(context);
    const training = await begun(context);
    await restore(context, training, given);
    const found = await checkpoint(context, training);
    isSame(context, 'FRM-TRN-003/bits', given, found);
    const other = await context.open('ready');
    const another = await begun(other);
    await restore(other, another, found);
    isSame(context, 'FRM-TRN-003/bits', given, await checkpoint(other, another));
    await other.close();
  },
};

const next: Case = {
  id: 'FRM-TRN-003/next',
  title: 'the step after a checkpoint is the same where the checkpoint is restored',
  requirements: ['FRM-TRN-003'],
  expectations: [CHECKPOINT, RESTORE, 'FRM-TRN-003/next'],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const training = await begun(context);
    const step = (session: Context, of: string, inputs: ReturnType<typeof batchOf>) =>
      session.given('framework.training.step', { training: of, inputs });
    for (let count = 0; count < 2; count += 1)
      await step(context, training, batchOf(context.random));
    const left = await checkpoint(context, training);
    const inputs = batchOf(context.random);
    await step(context, training, inputs);
    const expected = await checkpoint(context, training);
    const other = await context.open('ready');
    // Of a model with other weights, which count no more.
    const another = await begun(other);
    await restore(other, another, left);
    await step(other, another, inputs);
    isSame(context, 'FRM-TRN-003/next', expected, await checkpoint(other, another));
    await other.close();
    // And back, where more steps were taken since.
    await restore(context, training, left);
    await step(context, training, inputs);
    isSame(context, 'FRM-TRN-003/next', expected, await checkpoint(context, training));
  },
};

export const checkpoints: readonly Case[] = [bits, next];
