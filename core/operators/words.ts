// A trial of an operator in words, which an expectation records, and what a report reads out of them: the two stand
// together, so that neither changes without the other.
import type { Value } from '../onnx/element.ts';
import type { Attributes } from '../onnx/model.ts';
import { sizeOf, type Tensor } from '../onnx/tensor.ts';

type Form = Pick<Tensor, 'type' | 'shape'>;

/** `float32 [2,3]`. */
export const formWords = ({ type, shape }: Form): string => `${type} [${shape}]`;

/** A bigint of a tensor among the attributes, as JSON can have it. */
const readable = (_name: string, one: unknown): unknown =>
  typeof one === 'bigint' ? Number(one) : one;

/** An operator with what it is given: `Mod of int64 [10], int64 [10] with {"fmod":{"int":1}}`. */
export const trialWords = (
  operator: string,
  inputs: readonly (Form | undefined)[],
  attributes: Attributes = {},
): string => {
  const given = inputs.map((one) => (one ? formWords(one) : 'nothing')).join(', ');
  const how =
    Object.keys(attributes).length > 0 ? ` with ${JSON.stringify(attributes, readable)}` : '';
  return `${operator} of ${given}${how}`;
};

/** What is said of a trial, expected or observed. */
export const ofTrial = (trial: string, what: string): string => `${trial}: ${what}`;

const shown = (value: unknown): string => (Object.is(value, -0) ? '-0' : String(value));

/** One element of a result, with what the inputs have in its place. */
export const elementWords = (index: number, from: readonly Value[], value: unknown): string => {
  const given = from.length > 0 ? ` of ${from.map(shown).join(', ')}` : '';
  return `element ${index}${given}: ${shown(value)}`;
};

/** What is expected of a trial, with the tolerance that it is held against. */
export const withinWords = (expected: string, tolerance: string): string =>
  `${expected}, ${tolerance}`;

/** What words about a trial say. */
export interface ReadTrial {
  /** The operator with what it is given: the same for every subject. */
  readonly trial: string;
  /** Of its first input. */
  readonly type: string;
  /** Of all inputs together. */
  readonly elements: number;
  /** Of the result, where the words are of one element. */
  readonly element?: number;
  /** What the inputs have in its place; empty where they are not as long as the result. */
  readonly from?: string;
  /** What is said of the trial, or of the element. */
  readonly what: string;
  /** The tolerance, by its name, where one is said. */
  readonly within?: string;
}

const FORM = String.raw`(?:nothing|\w+ \[[\d,]*\])`;
const TRIAL = new RegExp(
  String.raw`^(\w+ of (${FORM}(?:, ${FORM})*)(?: with \{.*?\})?): (.*)$`,
  's',
);
const SHAPE = /\[([\d,]*)\]/g;
const ELEMENT = /^element (\d+)(?: of (.*?))?: (.*)$/s;

const WITHIN = /^(.*), ([a-z]+)$/s;

const elementsOf = (inputs: string): number =>
  [...inputs.matchAll(SHAPE)]
    .map(([, lengths = '']) => sizeOf(lengths === '' ? [] : lengths.split(',').map(Number)))
    .reduce((sum, one) => sum + one, 0);

/** Reads words about a trial; undefined for all other text. */
export const readTrial = (text: string): ReadTrial | undefined => {
  const [, trial, inputs, what] = TRIAL.exec(text) ?? [];
  if (trial === undefined || inputs === undefined || what === undefined) return undefined;
  const [type = ''] = inputs.split(' ');
  const [, bare = what, within] = WITHIN.exec(what) ?? [];
  const [, element, from = '', value] = ELEMENT.exec(bare) ?? [];
  return {
    trial,
    type,
    elements: elementsOf(inputs),
    what: value ?? bare,
    ...(within !== undefined && { within }),
    ...(element !== undefined && { element: Number(element), from }),
  };
};
