// FRM-ONX-001: each of ONNX's own node tests, from its bytes to what comes of it on an endpoint.
import { expect } from 'chai';
import type { Answer, Case, CaseId, Context, ExpectationId } from '../../../core/case.ts';
import { type Datum, datumOf } from '../../../core/onnx/data-of-bytes.ts';
import { ModelError } from '../../../core/onnx/fields.ts';
import type { NodeTest } from '../../../core/onnx/node-tests.ts';
import { type Outline, outlineOf } from '../../../core/onnx/outline.ts';
import { sizeOf } from '../../../core/onnx/tensor.ts';
import type { Packed } from '../../../core/onnx/tensor-of-bytes.ts';
import { formWords } from '../../../core/operators/words.ts';
import { NODE_TESTS } from '../../../schemas/generated/standard.ts';
import type { ModelLoadResult, ModelRunResult } from '../../../schemas/generated/types.ts';
import { brief, canonicalOf, reasonOf } from '../../support.ts';
import { bytesParams } from '../models.ts';
import { type Rule, ruleOf, runsOf, wrongDraw } from './drawn.ts';
import { type Far, firstFar, ofLargest } from './near.ts';

const FORM = 'FRM-ONX-001/form';
const VALUES = 'FRM-ONX-001/values';
const DRAWN = 'FRM-ONX-001/drawn';

/** What a tensor of a message may have, in bytes; of a model it is the same. */
const LONGEST = 65_536;

/** Inputs and what is expected of them, as messages can carry them. */
interface Data {
  readonly inputs: readonly Packed[];
  readonly outputs: readonly Packed[];
}

const isPacked = (datum: Datum): datum is Packed => 'bytes' in datum;

const decoded = (test: NodeTest, { inputs, outputs }: Outline): Datum[][][] =>
  test.data.map((one) => [
    inputs.map(({ kind }, index) => datumOf(one.inputs[index] ?? new Uint8Array(), kind)),
    outputs.map(({ kind }, index) => datumOf(one.outputs[index] ?? new Uint8Array(), kind)),
  ]);

/** What is read of a test, or why it cannot be: releases to come have types that are not known here. */
const understood = <T>(read: () => T): T | string => {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return `it is not understood here: ${error.message}`;
  }
};

/** The data of a test, or why no message carries it. */
const dataOf = (test: NodeTest, outline: Outline): readonly Data[] | string => {
  if (test.model.length > LONGEST) return 'its model is longer than a message carries';
  const sets = decoded(test, outline);
  const all = sets.flat(2);
  if (all.some((one) => !isPacked(one))) {
    return 'it has strings, sequences or optional values, which no message carries';
  }
  if (all.some((one) => isPacked(one) && one.bytes.length > LONGEST)) {
    return 'it has a tensor that is longer than a message carries';
  }
  return sets.map(([inputs = [], outputs = []]) => ({
    inputs: inputs.filter(isPacked),
    outputs: outputs.filter(isPacked),
  }));
};

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

const runParams = (model: string, outline: Outline, { inputs }: Data) => ({
  model,
  inputs: inputs.map(({ type, shape, bytes }, index) => ({
    name: outline.inputs[index]?.name ?? '',
    value: { type, shape: [...shape], base64: base64(bytes) },
  })),
  outputs: outline.outputs.map(({ name }) => name),
});

/** Whether a refusal says that the endpoint has not what the model needs; of inputs, it says something else. */
const isWithout = (answer: Answer): boolean =>
  canonicalOf(answer) === 'UNIMPLEMENTED' ||
  (canonicalOf(answer) === 'INVALID_ARGUMENT' &&
    !['SHAPE', 'INPUTS'].includes(reasonOf(answer) ?? ''));

/** The outputs of an answer; undefined for one that has not the bytes of its shape. */
const answered = (result: ModelRunResult, expected: readonly Packed[]): (Packed | undefined)[] =>
  expected.map((wanted, index) => {
    const value = result.outputs[index]?.value;
    if (!value) return undefined;
    const bytes = Buffer.from(value.base64, 'base64');
    const isWhole = formWords(value) !== formWords(wanted) || bytes.length === wanted.bytes.length;
    return isWhole ? { type: value.type, shape: value.shape, bytes } : undefined;
  });

/** A run of one set of data. */
interface Ran {
  readonly data: Data;
  readonly outputs: readonly (Packed | undefined)[];
}

const forms = (all: readonly (Packed | undefined)[]): string =>
  all.map((one) => (one ? formWords(one) : 'not the bytes of its shape')).join(', ');

const stateForm = (context: Context, ran: readonly Ran[]): void => {
  const shown = (side: (one: Ran) => readonly (Packed | undefined)[]): string =>
    [...new Set(ran.map((one) => forms(side(one))))].join('; ');
  const expected = shown(({ data }) => data.outputs);
  const observed = shown(({ outputs }) => outputs);
  context.expectation(FORM, { expected, observed }, () => expect(observed).to.equal(expected));
};

const whole = ({ outputs }: Ran): readonly Packed[] => outputs.flatMap((one) => one ?? []);

const stateDraws = (context: Context, rule: Rule, ran: readonly Ran[]): void => {
  const wrong = wrongDraw(rule, ran[0]?.data.inputs ?? [], ran.map(whole));
  const expected = rule === 'form' ? 'any elements' : `what ${rule} can draw`;
  context.expectation(DRAWN, { expected, observed: wrong ?? expected }, () =>
    expect(wrong).to.equal(undefined),
  );
};

interface Difference extends Far {
  readonly name: string;
}

const differenceOf = (outline: Outline, ran: readonly Ran[]): Difference | undefined => {
  const share = ofLargest(outline.operators);
  for (const { data, outputs } of ran) {
    for (const [index, wanted] of data.outputs.entries()) {
      const far = firstFar(wanted, outputs[index]?.bytes ?? new Uint8Array(), share);
      if (far) return { name: outline.outputs[index]?.name ?? '', ...far };
    }
  }
  return undefined;
};

const stateValues = (context: Context, ran: readonly Ran[], far: Difference | undefined): void => {
  const count = ran
    .flatMap(({ data }) => data.outputs)
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const shown = (value: unknown): string =>
    far ? `${far.name}, element ${far.index}: ${value}` : `${count} elements`;
  context.expectation(
    VALUES,
    { expected: shown(far?.expected), observed: shown(far?.observed) },
    () => expect(far).to.equal(undefined),
  );
};

const refusedIn = (context: Context, expectation: ExpectationId, answer: Answer): void =>
  context.expectation(expectation, { expected: 'a result', observed: brief(answer) }, () =>
    expect(answer.kind).to.equal('result'),
  );

const runTest = async (context: Context, test: NodeTest, outline: Outline): Promise<void> => {
  const disputed = NODE_TESTS.notJudged.find((one) => one.test === test.name);
  if (disputed) context.nothing(`it is not judged: ${disputed.why}`);
  const data = understood(() => dataOf(test, outline));
  if (typeof data === 'string') return context.nothing(data);
  const loading = await context.attempt(FORM, 'framework.model.load', bytesParams(test.model));
  if (loading.kind === 'error') {
    if (isWithout(loading)) context.nothing(`the endpoint has not the model: ${brief(loading)}`);
    return refusedIn(context, FORM, loading);
  }
  const { model } = loading.result as ModelLoadResult;
  const rule = ruleOf(outline);
  const ran: Ran[] = [];
  for (const one of data) {
    for (let run = runsOf(rule, outline); run > 0; run -= 1) {
      const params = runParams(model, outline, one);
      const answer = await context.attempt(FORM, 'framework.model.run', params);
      if (answer.kind === 'error') {
        await context.given('framework.model.unload', { model });
        if (isWithout(answer)) context.nothing(`the endpoint does not run it: ${brief(answer)}`);
        return refusedIn(context, FORM, answer);
      }
      ran.push({ data: one, outputs: answered(answer.result as ModelRunResult, one.outputs) });
    }
  }
  // It is held against what is expected while the endpoint unloads.
  const unloading = context.given('framework.model.unload', { model });
  const far = rule ? undefined : differenceOf(outline, ran);
  await unloading;
  stateForm(context, ran);
  if (rule) stateDraws(context, rule, ran);
  else stateValues(context, ran, far);
};

const caseOf = (test: NodeTest): Case => {
  const outline = understood(() => outlineOf(test.model));
  const isKnown = typeof outline !== 'string';
  const operators = isKnown ? outline.operators.join(', ') : 'operators that are not known here';
  return {
    id: `FRM-ONX-001/${test.name}` as CaseId,
    title: `${operators}: what ONNX's ${test.name} expects`,
    requirements: ['FRM-ONX-001'],
    expectations: [FORM, isKnown && ruleOf(outline) ? DRAWN : VALUES],
    kind: 'shared',
    run: async (context) => {
      await (isKnown ? runTest(context, test, outline) : context.nothing(outline));
    },
  };
};

/** A case for each test. */
export const nodeTestCases = (tests: readonly NodeTest[]): readonly Case[] => tests.map(caseOf);
