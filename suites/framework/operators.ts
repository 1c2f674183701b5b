// FRM-OPS-001, -002, -007, -008, -012: every operator of level 1, for every type, held against its definition.
import { expect } from 'chai';
import type { Answer, Case, CaseId, Context, ExpectationId } from '../../core/case.ts';
import type { Value } from '../../core/onnx/element.ts';
import { sizeOf } from '../../core/onnx/tensor.ts';
import {
  emptyName,
  operatorName,
  registered,
  typeName,
  typesOf,
} from '../../core/operators/registered.ts';
import { formWords, ofTrial, withinWords } from '../../core/operators/words.ts';
import { Random } from '../../core/random.ts';
import type { RequirementId } from '../../schemas/generated/standard.ts';
import type { ElementType, RegisteredOperator } from '../../schemas/generated/types.ts';
import { brief } from '../support.ts';
import { Nearness } from './measured.ts';
import { firstFar, toleranceOf } from './near.ts';
import { exactOf, isAnswer, isWithout, named, ran, told, wordsOf } from './node.ts';
import { trialsOf } from './trials/index.ts';
import { type About, aboutOf, made, type Trial } from './trials/trial.ts';

/** The row that judges a trial, by what it is about. */
const ROWS = {
  values: 'FRM-OPS-002',
  special: 'FRM-OPS-007',
  broadcast: 'FRM-OPS-008',
  empty: 'FRM-OPS-008',
  integers: 'FRM-OPS-012',
} as const satisfies Record<About, RequirementId>;

const RUN = 'FRM-OPS-001/run';

const elementsOf = ({ inputs }: Trial): number =>
  inputs.reduce((sum, one) => sum + (one ? sizeOf(one.shape) : 0), 0);

/** A comparison that broke: kept, so that no trial hides those behind it. */
interface Broken {
  readonly id: ExpectationId;
  readonly expected: string;
  readonly observed: string;
}

/** States what broke in any trial of a case, if something did; the first one says which expectation it is. */
const states = (context: Context, broken: readonly Broken[]): void => {
  const [first, ...others] = broken;
  if (!first) return;
  const sides =
    others.length === 0
      ? { expected: first.expected, observed: first.observed }
      : {
          expected: broken.map(({ expected }) => expected),
          observed: broken.map(({ observed }) => observed),
        };
  context.expectation(first.id, sides, () => expect(broken).to.have.lengthOf(0));
};

const noResult = (id: ExpectationId, where: string, refused: Answer): Broken => ({
  id,
  expected: ofTrial(where, 'a result'),
  observed: ofTrial(where, brief(refused)),
});

/** Runs one trial and judges it: what broke; the refusal where the endpoint has not the operator, or not for the type. */
const judged = async (
  context: Context,
  { operator, tolerance }: RegisteredOperator,
  trial: Trial,
  row: (typeof ROWS)[About],
  nearness?: Nearness,
): Promise<readonly Broken[] | Answer> => {
  const exact = exactOf(operator, trial);
  const where = wordsOf(operator, trial);
  const found = await ran(context, `${row}/form`, operator, trial, exact);
  if (isAnswer(found)) return isWithout(found) ? found : [noResult(`${row}/form`, where, found)];
  const broken: Broken[] = [];
  const holds = (one: Broken, check: boolean): void => {
    if (check) context.expectation(one.id, one, () => undefined);
    else broken.push(one);
  };
  for (const [name, wanted] of named(exact, 'y')) {
    const observed = found[name];
    const form = observed ? formWords(observed) : 'that has not the bytes of its shape';
    const isFormed = form === formWords(wanted);
    holds(
      {
        id: `${row}/form`,
        expected: ofTrial(where, `${name} ${formWords(wanted)}`),
        observed: ofTrial(where, `${name} ${form}`),
      },
      isFormed,
    );
    if (!observed || !isFormed) continue;
    const far = firstFar(wanted, observed, toleranceOf(tolerance), trial.about === 'special');
    nearness?.add(wanted, observed);
    const shown = (values: readonly Value[]): string =>
      far === undefined ? `${values.length} elements` : told(trial, far, values);
    holds(
      {
        id: `${row}/values`,
        expected: ofTrial(where, withinWords(shown(wanted.values), tolerance)),
        observed: ofTrial(where, shown(observed.values)),
      },
      far === undefined,
    );
  }
  return broken;
};

const WORDS = {
  values: 'as its definition says',
  special: 'of NaN, infinities and zeros with a sign as IEEE 754 and its definition decide',
  broadcast: 'of shapes that broadcast',
  empty: 'of tensors without an element',
  integers: 'of integers at the ends of their type and around zero',
} as const;

/** What trials of an operator and a type there are does not depend on the seed; none of their elements is drawn. */
const abouts = ({ operator }: RegisteredOperator, type: ElementType): About[] => {
  const trials = trialsOf(operator)(new Random('', ''), type);
  return [...new Set(trials.map(aboutOf))];
};

/** What the first trial of an operator and a type comes to: where it is refused, the operator is not there. */
const firstOf = async (
  context: Context,
  expectation: ExpectationId,
  operator: string,
  type: ElementType,
): Promise<{ where: string; refused?: Answer }> => {
  const [first] = trialsOf(operator)(context.random, type);
  if (!first) throw new Error(`${operator} of ${type} has no trial`);
  const trial = made(first);
  const found = await ran(context, expectation, operator, trial, exactOf(operator, trial));
  return { where: wordsOf(operator, trial), ...(isAnswer(found) && { refused: found }) };
};

/** FRM-OPS-001: the operator is there, for every type of level 1. */
const presence = (row: RegisteredOperator): Case => ({
  id: `FRM-OPS-001/${operatorName(row.operator)}`,
  title: `${row.operator} runs, of ${row.types.join(', ')}`,
  requirements: ['FRM-OPS-001'],
  expectations: [RUN],
  kind: 'shared',
  run: async (context) => {
    const broken: Broken[] = [];
    for (const type of row.types) {
      const { where, refused } = await firstOf(context, RUN, row.operator, type);
      if (refused) broken.push(noResult(RUN, where, refused));
      else {
        const result = ofTrial(where, 'a result');
        context.expectation(RUN, { expected: result, observed: result }, () => undefined);
      }
    }
    states(context, broken);
  },
});

const caseOf = (row: RegisteredOperator, type: ElementType, about: About): Case => {
  const requirement = ROWS[about];
  const formed: ExpectationId = `${requirement}/form`;
  return {
    id: `${requirement}/${(about === 'empty' ? emptyName : typeName)(row.operator, type)}` as CaseId,
    title: `${row.operator} of ${type} computes ${WORDS[about]}`,
    requirements: [requirement],
    expectations: [formed, `${requirement}/values`],
    kind: 'shared',
    run: async (context) => {
      const broken: Broken[] = [];
      const refused: Broken[] = [];
      const nearness = about === 'values' ? new Nearness(row, type) : undefined;
      const trials = trialsOf(row.operator)(context.random, type).filter(
        (one) => aboutOf(one) === about,
      );
      // The smallest first: what is said to break is then the least that shows it.
      for (const one of trials.toSorted((left, right) => elementsOf(left) - elementsOf(right))) {
        const trial = made(one);
        const found = await judged(context, row, trial, requirement, nearness);
        if (!('kind' in found)) broken.push(...found);
        else {
          const where = wordsOf(row.operator, trial);
          refused.push({
            id: formed,
            expected: ofTrial(where, 'a result, as of other shapes'),
            observed: ofTrial(where, brief(found)),
          });
        }
      }
      nearness?.tell(context);
      const isOfLevel = row.types.includes(type);
      // Where all of these are refused, another may tell whether the operator is there at all.
      const isThere =
        refused.length < trials.length ||
        (isOfLevel &&
          about !== 'values' &&
          !(await firstOf(context, formed, row.operator, type)).refused);
      if (!isThere) context.nothing(`the endpoint has no ${row.operator} of ${type}`);
      // What is had of one shape and not of another is refused without a reason, where level 1 has the type.
      states(context, isOfLevel ? [...broken, ...refused] : broken);
    },
  };
};

export const operatorCases: readonly Case[] = registered.flatMap((row) => [
  presence(row),
  ...typesOf(row).flatMap((type) => abouts(row, type).map((about) => caseOf(row, type, about))),
]);
