// FRM-TRN-004: numbers that are drawn by a seed, again the same and distributed as they should be.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { bytesOf } from '../../../core/onnx/element.ts';
import type { Attributes } from '../../../core/onnx/model.ts';
import type { Tensor } from '../../../core/onnx/tensor.ts';
import { errorFunction } from '../../../core/operators/error-function.ts';
import { formWords } from '../../../core/operators/words.ts';
import type { ModelLoadResult } from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { attemptRun, loadParams, modelOf, node, outputOf, value } from '../models.ts';

const RUN = 'FRM-TRN-004/run';
const SAME = 'FRM-TRN-004/same';
const OTHER = 'FRM-TRN-004/other';
const DISTRIBUTION = 'FRM-TRN-004/distribution';

/** So many tell a distribution from one that is a tenth too wide. */
const COUNT = 4096;
/** Of a Kolmogorov-Smirnov test: a run in a million is blamed wrongly. */
const CHANCE = 1e-6;

interface Drawn {
  readonly name: string;
  readonly operator: string;
  readonly attributes: Attributes;
  /** The part of all numbers that is below one. */
  readonly below: (x: number) => number;
}

const [LOW, HIGH] = [-2, 3];
const [MEAN, SCALE] = [1, 2];

const DRAWN: readonly Drawn[] = [
  {
    name: 'uniform',
    operator: 'RandomUniform',
    attributes: { low: { float: LOW }, high: { float: HIGH } },
    below: (x) => Math.min(Math.max((x - LOW) / (HIGH - LOW), 0), 1),
  },
  {
    name: 'normal',
    operator: 'RandomNormal',
    attributes: { mean: { float: MEAN }, scale: { float: SCALE } },
    below: (x) => (1 + errorFunction((x - MEAN) / (SCALE * Math.SQRT2))) / 2,
  },
];

/** What the first run of a model that is loaded anew draws by a seed. */
const draws = async (context: Context, drawn: Drawn, seed: number): Promise<Tensor> => {
  const attributes = { ...drawn.attributes, seed: { float: seed }, shape: { ints: [COUNT] } };
  const model = modelOf({
    nodes: [node(drawn.operator, [], ['y'], attributes)],
    inputs: [],
    outputs: [value('y', 'float32', [COUNT])],
  });
  const loading = await context.attempt(RUN, 'framework.model.load', loadParams(model));
  const { model: handle } = (loading.kind === 'result' ? loading.result : {}) as ModelLoadResult;
  const answer =
    loading.kind === 'result' ? await attemptRun(context, RUN, handle, {}, ['y']) : loading;
  const found = outputOf(answer, 'y');
  context.expectation(
    RUN,
    {
      expected: `${drawn.operator}: float32 [${COUNT}]`,
      observed: `${drawn.operator}: ${found ? formWords(found) : brief(answer)}`,
    },
    () => expect([found?.type, ...(found?.shape ?? [])]).to.deep.equal(['float32', COUNT]),
  );
  await context.given('framework.model.unload', { model: handle });
  return found as Tensor;
};

const bits = ({ type, values }: Tensor): string =>
  Buffer.from(bytesOf(type, values)).toString('hex');

/** The largest distance between the part that is below a number and the part that should be. */
const distance = ({ values }: Tensor, below: Drawn['below']): number => {
  const sorted = values.map(Number).toSorted((one, other) => one - other);
  return Math.max(
    ...sorted.map((x, index) =>
      Math.max((index + 1) / sorted.length - below(x), below(x) - index / sorted.length),
    ),
  );
};

/** The chance of a distance as large as this, by the first term of Kolmogorov's series: all that counts where it is small. */
const chanceOf = (far: number): number => Math.min(1, 2 * Math.exp(-2 * COUNT * far ** 2));

const caseOf = (drawn: Drawn): Case => ({
  id: `FRM-TRN-004/${drawn.name}`,
  title: `${drawn.operator} draws by its seed, and as it is distributed`,
  requirements: ['FRM-TRN-004'],
  expectations: [RUN, SAME, OTHER, DISTRIBUTION],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const [seed, another] = [context.random.integer(1, 999), context.random.integer(1000, 9999)];
    const first = await draws(context, drawn, seed);
    const other = await context.open('ready');
    for (const [where, session] of [
      ['loaded again', context],
      ['in another session', other],
    ] as const) {
      const again = bits(await draws(session, drawn, seed));
      context.expectation(
        SAME,
        {
          expected: `${where}: ${bits(first).slice(0, 64)}...`,
          observed: `${where}: ${again.slice(0, 64)}...`,
        },
        () => expect(again).to.equal(bits(first)),
      );
    }
    await other.close();
    const different = await draws(context, drawn, another);
    const alike = different.values.filter((x, index) => x === first.values[index]).length;
    context.expectation(
      OTHER,
      {
        expected: 'of another seed, other numbers',
        observed: `${alike} of ${COUNT} numbers are the same`,
      },
      () => expect(alike).to.be.below(COUNT / 64),
    );
    const chance = chanceOf(distance(first, drawn.below));
    context.expectation(
      DISTRIBUTION,
      { expected: `a chance above ${CHANCE}`, observed: `a chance of ${chance}` },
      () => expect(chance).to.be.above(CHANCE),
    );
  },
});

export const chances: readonly Case[] = DRAWN.map(caseOf);
