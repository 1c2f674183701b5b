// FRM-TRN-001 of models of several operators: what comes of a value that is taken more than once, of outputs that count
// together, and of an input that nothing of these is made of.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { fromMessage, type Tensor } from '../../../core/onnx/tensor.ts';
import type { ModelGradientResult, ModelLoadResult } from '../../../schemas/generated/types.ts';
import { brief } from '../../support.ts';
import { attemptRun, inputsOf, loadParams, modelOf, node, value } from '../models.ts';
import { firstFar, toleranceOf } from '../near.ts';
import { isWithout } from '../node.ts';
import { between, numbers } from '../trials/trial.ts';

const GIVEN = 'FRM-TRN-001/given';
const FORM = 'FRM-TRN-001/form';
const VALUES = 'FRM-TRN-001/values';

const SHAPE = [2, 3] as const;

/** x * x * z, x * z + z, and something of u alone. */
const branches = modelOf({
  nodes: [
    node('Mul', ['x', 'z'], ['product']),
    node('Mul', ['product', 'x'], ['squared']),
    node('Add', ['product', 'z'], ['added']),
    node('Neg', ['u'], ['apart']),
  ],
  inputs: ['x', 'z', 'u'].map((name) => value(name, 'float32', SHAPE)),
  outputs: ['squared', 'added', 'apart'].map((name) => value(name, 'float32', SHAPE)),
});

type Values = readonly number[];

/** As calculus has them, element by element, of the weights of `squared` and `added`. */
const DERIVATIVES = {
  x: (x: number, z: number, squared: number, added: number): number =>
    2 * squared * x * z + added * z,
  z: (x: number, _z: number, squared: number, added: number): number =>
    squared * x * x + added * (x + 1),
  u: (): number => 0,
};

type Name = keyof typeof DERIVATIVES;

const small = (context: Context): Tensor =>
  numbers(
    'float32',
    SHAPE,
    between(context.random, 'int32', SHAPE, [1, 9]).values.map((one) => Number(one) / 4),
  );

const numbersOf = (one: Tensor | undefined): Values => (one?.values ?? []).map(Number);

const told = (name: string, values: Values): string => `by ${name}: ${values.join(', ')}`;

/** The gradients by some of the inputs; undefined where the endpoint has not the operators. */
const gradients = async (
  context: Context,
  variables: readonly Name[],
  tensors: Readonly<Record<Name, Tensor>>,
  weights: Readonly<Record<string, Tensor>>,
): Promise<ModelGradientResult['gradients'] | undefined> => {
  const loading = await context.attempt(GIVEN, 'framework.model.load', loadParams(branches));
  if (loading.kind === 'error' && isWithout(loading)) return undefined;
  const { model } = (loading.kind === 'result' ? loading.result : {}) as ModelLoadResult;
  const running = await attemptRun(context, GIVEN, model, tensors, ['squared', 'added', 'apart']);
  // An operator that it does not run it need not differentiate.
  if (running.kind === 'error' && isWithout(running)) return undefined;
  const answer = await context.attempt(GIVEN, 'framework.model.gradient', {
    model,
    inputs: inputsOf(tensors),
    weights: inputsOf(weights),
    variables: [...variables],
  });
  context.expectation(
    GIVEN,
    {
      expected: 'gradients',
      observed: answer.kind === 'error' ? brief(answer) : 'gradients',
    },
    () => expect(answer.kind).to.equal('result'),
  );
  await context.given('framework.model.unload', { model });
  return (answer as { result: ModelGradientResult }).result.gradients;
};

const caseOf = (
  name: string,
  title: string,
  variables: readonly Name[],
  counted: readonly ('squared' | 'added')[],
): Case => ({
  id: `FRM-TRN-001/${name}`,
  title,
  requirements: ['FRM-TRN-001'],
  expectations: [GIVEN, FORM, VALUES],
  needs: ['framework.model'],
  kind: 'shared',
  run: async (context) => {
    const tensors = { x: small(context), z: small(context), u: small(context) };
    const weights = Object.fromEntries(counted.map((output) => [output, small(context)]));
    const found = await gradients(context, variables, tensors, weights);
    if (!found) return context.nothing('the endpoint runs not all of Mul, Add and Neg');
    const form = (one: string): string => `${one} float32 [${SHAPE}]`;
    const forms = found.map(({ name: one, value: { type, shape } }) => `${one} ${type} [${shape}]`);
    context.expectation(FORM, { expected: variables.map(form), observed: forms }, () =>
      expect(forms).to.deep.equal(variables.map(form)),
    );
    const [x, z] = [numbersOf(tensors.x), numbersOf(tensors.z)];
    const weightOf = (output: string, at: number): number =>
      Number(weights[output]?.values[at] ?? 0);
    for (const [place, variable] of variables.entries()) {
      const exact = x.map((one, at) =>
        DERIVATIVES[variable](one, z[at] ?? 0, weightOf('squared', at), weightOf('added', at)),
      );
      const message = found[place];
      const observed = message && fromMessage(message.value);
      const size = Math.max(...exact.map(Math.abs));
      const wanted = { type: 'float32', shape: SHAPE, values: exact } as const;
      const far = firstFar(
        { ...wanted, magnitudes: exact.map(() => size) },
        observed ?? { ...wanted, values: [] },
        toleranceOf('gradient'),
        false,
      );
      context.expectation(
        VALUES,
        { expected: told(variable, exact), observed: told(variable, numbersOf(observed)) },
        () => expect(far).to.equal(undefined),
      );
    }
  },
});

export const graphCases: readonly Case[] = [
  caseOf(
    'branches',
    'the gradients by values that are taken more than once, of two outputs together',
    ['z', 'x'],
    ['added', 'squared'],
  ),
  caseOf('one-output', 'an output that has no weights counts for nothing', ['x', 'z'], ['added']),
  caseOf(
    'apart',
    'the gradient by an input that no output which counts is made of is zero',
    ['u', 'x'],
    ['squared'],
  ),
];
