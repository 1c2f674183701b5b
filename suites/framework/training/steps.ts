// FRM-TRN-002: a hundred steps of an optimizer, each held against the definition.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { fromMessage } from '../../../core/onnx/tensor.ts';
import type { Optimizer } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { inputsOf, loaded } from '../models.ts';
import { batch, drawn, network, PARAMETERS, trainer } from './network.ts';

const STEPS = 100;
const NEAR = 1e-3;
const LOSS = 'FRM-TRN-002/loss';

const descent = (name: string, how: string, optimizer: Optimizer): Case => ({
  id: `FRM-TRN-002/${name}`,
  title: `${STEPS} steps ${how} have the losses that the definition gives`,
  requirements: ['FRM-TRN-002'],
  expectations: ['FRM-TRN-002/begin', 'FRM-TRN-002/step', LOSS],
  needs: ['framework.model'],
  kind: 'shared',
  run: async (context) => {
    const weights = drawn(context.random);
    const step = trainer(weights, optimizer);
    const model = await loaded(context, network(weights));
    const { training } = await succeeds(context, 'FRM-TRN-002/begin', 'framework.training.begin', {
      model,
      loss: 'loss',
      parameters: [...PARAMETERS],
      optimizer,
    });
    const points: { x: number; y: number }[] = [];
    for (let count = 1; count <= STEPS; count += 1) {
      const given = batch(context.random);
      const exact = step(given);
      const { loss } = await succeeds(context, 'FRM-TRN-002/step', 'framework.training.step', {
        training,
        inputs: inputsOf({ ...given }),
      });
      const observed = Number(fromMessage(loss)?.values[0] ?? Number.NaN);
      context.expectation(
        LOSS,
        { expected: `step ${count}: ${exact}`, observed: `step ${count}: ${observed}` },
        () => expect(observed).to.be.closeTo(exact, NEAR * exact),
      );
      points.push({ x: count, y: observed });
    }
    context.measured({
      title: 'Loss while a network is trained',
      of: how,
      form: 'curve',
      x: 'step',
      y: 'mean of squares',
      points,
    });
    await context.given('framework.training.end', { training });
    await context.given('framework.model.unload', { model });
  },
});

export const descents: readonly Case[] = [
  descent('plain', 'without momentum', { kind: 'sgd', rate: 0.0625, momentum: 0 }),
  descent('momentum', 'with momentum', { kind: 'sgd', rate: 0.03125, momentum: 0.75 }),
];
