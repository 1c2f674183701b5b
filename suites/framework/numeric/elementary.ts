// FRM-OPS-005: elementary functions, in units in the last place.
import { expect } from 'chai';
import type { Case, CaseId, Context } from '../../../core/case.ts';
import { bytesOf } from '../../../core/onnx/element.ts';
import { type Tensor, tensor } from '../../../core/onnx/tensor.ts';
import { typeName } from '../../../core/operators/registered.ts';
import { formWords } from '../../../core/operators/words.ts';
import { OPERATORS } from '../../../schemas/generated/standard.ts';
import type { ElementType } from '../../../schemas/generated/types.ts';
import { classified, UNITS } from '../../distances.ts';
import { exactOf, formFound, isAnswer, isWithout, ran } from '../node.ts';
import { isSubnormal, isWithin, unitsFrom } from '../units.ts';
import { argumentsOf } from './functions.ts';

const RUN = 'FRM-OPS-005/run';
const NEAR = 'FRM-OPS-005/units';

const bitsOf = (type: ElementType, value: number): string =>
  `0x${Buffer.from(bytesOf(type, [value]).reverse()).toString('hex')}`;

/** An argument that is subnormal may be taken for zero. */
const flushed = ({ type, shape, values }: Tensor): Tensor =>
  tensor(
    type,
    shape,
    values.map((x) => (isSubnormal(type, Number(x)) ? 0 * Number(x) : x)),
  );

/** What a function comes to, each argument as it is, and with zeros for subnormal ones. */
const valuesOf = (operator: string, inputs: readonly Tensor[]): readonly number[][] =>
  [inputs, inputs.map(flushed)].map((given) =>
    (exactOf(operator, { about: 'values', inputs: given })[0]?.values ?? []).map(Number),
  );

/** States that every result is near enough, and keeps how far each is. */
const areNear = (
  context: Context,
  operator: string,
  inputs: readonly Tensor[],
  observed: Tensor,
  most: number,
): void => {
  const { type } = observed;
  const [exact = [], ofZero = []] = valuesOf(operator, inputs);
  const judged = exact.map((value, index) => {
    const answer = Number(observed.values[index]);
    const other = ofZero[index] ?? value;
    const isNear = isWithin(type, most, value, answer) || isWithin(type, most, other, answer);
    return { index, value, answer, isNear, units: unitsFrom(type, value, answer) };
  });
  const far = judged.filter(({ isNear }) => !isNear).sort((one, two) => two.units - one.units);
  const told = judged.filter(
    ({ units, isNear }) => Number.isFinite(units) && (units <= most || !isNear),
  );
  const points = classified(told.map(({ units }) => units));
  if (points.length > 1)
    context.measured({
      title: `How far ${operator} is from the exact result`,
      of: type,
      form: 'histogram',
      x: UNITS,
      y: 'results',
      points,
    });
  const shown = (value: number): string =>
    `${Object.is(value, -0) ? '-0' : value} (${bitsOf(type, value)})`;
  const [first] = far;
  const given = inputs.map((one) => shown(Number(one.values[first?.index ?? 0]))).join(', ');
  const farthest = Math.max(0, ...told.map(({ units }) => units));
  context.expectation(
    NEAR,
    first
      ? {
          expected: `${operator} of ${type} ${given}: ${first.value}; at most ${most} units in the last place from it`,
          observed: `${shown(first.answer)}, ${first.units.toFixed(2)} units in the last place away; ${far.length} of ${exact.length} are too far`,
        }
      : {
          expected: `${exact.length} results of ${type}, each at most ${most} units in the last place from the exact one`,
          observed: `at most ${farthest.toFixed(2)} units in the last place away`,
        },
    () => expect(far).to.have.lengthOf(0),
  );
};

const caseOf = (operator: string, type: ElementType, most: number): Case => ({
  id: `FRM-OPS-005/${typeName(operator, type)}` as CaseId,
  title: `${operator} of ${type} is at most ${most} units in the last place from the exact result`,
  requirements: ['FRM-OPS-005'],
  expectations: [RUN, NEAR],
  kind: 'shared',
  run: async (context) => {
    const inputs = argumentsOf(operator, context.random, type).map((values) =>
      tensor(type, [values.length], values),
    );
    const trial = { about: 'values', inputs } as const;
    const exact = exactOf(operator, trial);
    const found = await ran(context, RUN, operator, trial, exact);
    if (isAnswer(found) && isWithout(found))
      context.nothing(`the endpoint has no ${operator} of ${type}`);
    const observed = isAnswer(found) ? undefined : found['y0'];
    const wanted = `${operator}: ${exact.map(formWords)}`;
    const had = formFound(found, 'y0');
    context.expectation(RUN, { expected: wanted, observed: `${operator}: ${had}` }, () =>
      expect(had).to.equal(exact.map(formWords).join()),
    );
    if (observed) areNear(context, operator, inputs, observed, most);
  },
});

export const elementaryCases: readonly Case[] = OPERATORS.flatMap((row) =>
  Object.entries('units' in row ? row.units : {}).map(([type, most]) =>
    caseOf(row.operator, type as ElementType, most),
  ),
);
