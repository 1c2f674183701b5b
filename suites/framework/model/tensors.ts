// FRM-MOD-009: a tensor that the endpoint holds is what it was created as, for as long as it is held, and then nothing.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { ELEMENT_TYPES, FORMATS } from '../../../core/onnx/element.ts';
import { type Tensor, toMessage } from '../../../core/onnx/tensor.ts';
import { declares } from '../../../core/plan.ts';
import type {
  ElementType,
  Tensor as Message,
  ModelInput,
  TensorCreateResult,
} from '../../../schemas/generated/types.ts';
import { brief, refusal, refuses, succeeds } from '../../support.ts';
import { inputsOf, loaded, modelOf, node, outputOf, value } from '../models.ts';
import { isWithout } from '../node.ts';
import { batchOf, begun } from '../training/line.ts';
import { between } from '../trials/trial.ts';

const FREE = 'FRM-MOD-009/free';
const USE = 'FRM-MOD-009/use';
const NEW_HANDLE = 'FRM-MOD-009/new-handle';
const READ = 'FRM-MOD-009/read';
const RUN = 'FRM-MOD-009/run';
const FOREIGN = 'FRM-MOD-009/foreign';
const CREATE = 'FRM-MOD-009/create';
const REFUSED = 'FRM-MOD-009/refused';

const invalid = refusal('HANDLE_INVALID');

const SHAPE = [2, 3] as const;

/** Tells its inputs apart, whichever tensors they are. */
const difference = modelOf({
  nodes: [node('Sub', ['x', 'z'], ['y'])],
  inputs: [value('x', 'float32', SHAPE), value('z', 'float32', SHAPE)],
  outputs: [value('y', 'float32', SHAPE)],
});

/** Whole numbers, whose differences are exact. */
const whole = (context: Context): Tensor => {
  const { values } = between(context.random, 'int32', SHAPE, [-9999, 9999]);
  return { type: 'float32', shape: SHAPE, values };
};

/** A tensor that an endpoint holds, and what it was created of. */
interface Held {
  readonly tensor: string;
  readonly given: Tensor;
}

const held = async (context: Context): Promise<Held> => {
  const given = whole(context);
  const { tensor } = await context.given('framework.tensor.create', { value: toMessage(given) });
  return { tensor, given };
};

const words = ({ type, shape, base64 }: Message): string => `${type} [${shape}] ${base64}`;

/** States that a tensor is read as it was created. */
const isRead = async (
  context: Context,
  expectation: ExpectationId,
  tensor: string,
  given: Message,
): Promise<void> => {
  const found = words(await succeeds(context, expectation, 'framework.tensor.read', { tensor }));
  context.expectation(expectation, { expected: words(given), observed: found }, () =>
    expect(found).to.equal(words(given)),
  );
};

/** States that a run takes these tensors and no others. */
const computes = async (context: Context, model: string, x: Held, z: Held): Promise<void> => {
  const answer = await context.attempt(RUN, 'framework.model.run', {
    model,
    inputs: [
      { name: 'x', tensor: x.tensor },
      { name: 'z', tensor: z.tensor },
    ],
    outputs: ['y'],
  });
  const expected = x.given.values.map((one, at) => Number(one) - Number(z.given.values[at]));
  const observed = outputOf(answer, 'y')?.values ?? brief(answer);
  context.expectation(RUN, { expected, observed }, () => expect(observed).to.deep.equal(expected));
};

/** States that a tensor is there for no method that the endpoint has. */
const isInvalid = async (
  context: Context,
  expectation: ExpectationId,
  tensor: string,
): Promise<void> => {
  const model = await loaded(context, difference);
  const there = whole(context);
  const inputs: readonly ModelInput[][] = [
    [{ name: 'x', tensor }, ...inputsOf({ z: there })],
    [...inputsOf({ x: there }), { name: 'z', tensor }],
  ];
  const refusesIt = (method: string, params: object): Promise<void> =>
    refuses(context, expectation, invalid, method, params);
  await refusesIt('framework.tensor.read', { tensor });
  for (const all of inputs) {
    await refusesIt('framework.model.run', { model, inputs: all, outputs: ['y'] });
  }
  const capabilities = context.identity?.capabilities ?? {};
  if (declares(capabilities, 'framework.gradient')) {
    await refusesIt('framework.model.gradient', {
      model,
      inputs: inputs[0],
      weights: inputsOf({ y: there }),
      variables: ['z'],
    });
  }
  if (declares(capabilities, 'framework.training')) {
    const training = await begun(context);
    const [, ...others] = batchOf(context.random);
    await refusesIt('framework.training.step', {
      training,
      inputs: [{ name: 'x', tensor }, ...others],
    });
  }
  await refusesIt('framework.tensor.free', { tensor });
};

const freed: Case = {
  id: 'FRM-MOD-009/freed',
  title:
    'a tensor that was freed answers HANDLE_INVALID to everything, and others are what they were',
  requirements: ['FRM-MOD-009'],
  expectations: [FREE, USE, NEW_HANDLE, READ, RUN],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const model = await loaded(context, difference);
    const [first, second, third] = [await held(context), await held(context), await held(context)];
    await computes(context, model, first, second);
    await succeeds(context, FREE, 'framework.tensor.free', { tensor: second.tensor });
    await isInvalid(context, USE, second.tensor);
    const fourth = await held(context);
    context.expectation(
      NEW_HANDLE,
      { expected: 'a handle that was never given', observed: fourth.tensor },
      () =>
        expect([first, second, third].map(({ tensor }) => tensor)).to.not.include(fourth.tensor),
    );
    for (const [x, z] of [
      [first, third],
      [fourth, first],
      [third, fourth],
      [first, first],
    ] as const) {
      await computes(context, model, x, z);
    }
    for (const { tensor, given } of [fourth, first, third]) {
      await isRead(context, READ, tensor, toMessage(given));
    }
  },
};

const foreign: Case = {
  id: 'FRM-MOD-009/foreign',
  title: "another session's tensor answers HANDLE_INVALID, and is what it was where it is held",
  requirements: ['FRM-MOD-009'],
  expectations: [FOREIGN, READ],
  needs: ['framework.model'],
  kind: 'own',
  run: async (context) => {
    const { tensor, given } = await held(context);
    const other = await context.open('ready');
    await isInvalid(other, FOREIGN, tensor);
    await other.close();
    await isRead(context, READ, tensor, toMessage(given));
  },
};

/** Bits that another way of holding numbers loses: the sign of zero, an infinity, the ends of a type, and the last bit. */
const DELICATE: Readonly<Record<ElementType, string>> = {
  float32: '00000080 00008000 ffff7f7f 000080ff 0100803f',
  float64: '0000000000000080 0000000000001000 ffffffffffffef7f 000000000000f0ff 010000000000f03f',
  float16: '0080 0004 ff7b 00fc 013c',
  bfloat16: '0080 8000 7f7f 80ff 813f',
  int8: '80 7f ff 00 01',
  int16: '0080 ff7f ffff 0001 0100',
  int32: '00000080 ffffff7f ffffffff 01000001 01000000',
  int64: '0000000000000080 ffffffffffffff7f 0100000000002000 ffffffffffffffff 0100000000000000',
  uint8: '80 7f ff 00 01',
  uint16: '0080 ff7f ffff 0001 0100',
  uint32: '00000080 ffffff7f ffffffff 01000001 01000000',
  uint64: '0000000000000080 ffffffffffffff7f 0100000000002000 ffffffffffffffff 0100000000000000',
  bool: '01 00 00 01 01',
};

/** All that a message can bear. */
const LARGEST = 65_536;

const delicate = (type: ElementType): Message => ({
  type,
  shape: [5, 1],
  base64: Buffer.from(DELICATE[type].replaceAll(' ', ''), 'hex').toString('base64'),
});

/** Creates tensors, and states that each is read as it was created; the last first, for none is only what was held most lately. */
const areHeld = async (context: Context, all: readonly Message[]): Promise<void> => {
  const found: [tensor: string, given: Message][] = [];
  for (const given of all) {
    const answer = await context.attempt(CREATE, 'framework.tensor.create', { value: given });
    // Which types there are is not this row's; without float32 there would be nothing to hold.
    if (given.type !== 'float32' && isWithout(answer)) continue;
    const where = `${given.type} [${given.shape}]: `;
    context.expectation(
      CREATE,
      { expected: `${where}a result`, observed: `${where}${brief(answer)}` },
      () => expect(answer.kind).to.equal('result'),
    );
    const { result } = answer as { result: TensorCreateResult };
    found.push([result.tensor, given]);
  }
  for (const [tensor, given] of found.toReversed()) await isRead(context, READ, tensor, given);
  for (const [tensor] of found) await context.given('framework.tensor.free', { tensor });
};

const some = (context: Context, shape: readonly number[]): Message =>
  toMessage(between(context.random, 'float32', shape, [-9, 9]));

/** Tensors that are held, and read as they were created. */
const heldCase = (
  name: 'bits' | 'shapes' | 'empty',
  title: string,
  all: (context: Context) => readonly Message[],
): Case => ({
  id: `FRM-MOD-009/${name}`,
  title,
  requirements: ['FRM-MOD-009'],
  expectations: [CREATE, READ],
  kind: 'own',
  run: (context) => areHeld(context, all(context)),
});

/** Of floats, of each of these shapes one. */
const ofShapes =
  (...shapes: readonly (readonly number[])[]) =>
  (context: Context): readonly Message[] =>
    shapes.map((shape) => some(context, shape));

const bits = heldCase('bits', 'tensors of every type that there is are held by their bits', () =>
  ELEMENT_TYPES.map(delicate),
);

const shapes = heldCase(
  'shapes',
  'tensors are held without a dimension, with many, and as large as a message bears',
  ofShapes([], [1, 2, 1, 2, 1], [LARGEST / FORMATS.float32.bytes], [2, 8, LARGEST / 64]),
);

const empty = heldCase(
  'empty',
  'tensors without an element are held with their shape',
  ofShapes([0], [0, 3], [2, 0, 1]),
);

const lengths: Case = {
  id: 'FRM-MOD-009/lengths',
  title: 'a tensor whose bytes are not as many as its type and shape say is not created',
  requirements: ['FRM-MOD-009'],
  expectations: [REFUSED, READ],
  kind: 'own',
  run: async (context) => {
    const { tensor, given } = await held(context);
    for (const bytes of [0, 20, 23, 25, 28, 48]) {
      const base64 = context.random.bytes(bytes);
      await refuses(context, REFUSED, refusal('SHAPE'), 'framework.tensor.create', {
        value: { type: 'float32', shape: SHAPE, base64: Buffer.from(base64).toString('base64') },
      });
    }
    await isRead(context, READ, tensor, toMessage(given));
  },
};

export const tensorCases: readonly Case[] = [freed, foreign, bits, shapes, empty, lengths];
