// What the engine's refusals mean in the standard. One package says its codes within the message, the other says
// nothing but the message, whose first words tell what it is: they alone are looked at.
import type { ErrorReason, MethodName } from '../../schemas/generated/standard.ts';
import { Refusal } from '../kit/refusal.ts';

type Meaning = readonly [beginning: RegExp, reason: ErrorReason];

const LOADING: readonly Meaning[] = [
  // ORT_NOT_IMPLEMENTED: no kernel of a known operator for the type.
  [/ERROR_CODE: 9,|Could not find an implementation for /, 'OPERATOR'],
  [/^/, 'MODEL'],
];

const RUNNING: readonly Meaning[] = [
  [/^input '.*' is missing in 'feeds'|^'fetches' contains invalid output name/s, 'INPUTS'],
  [/Got invalid dimensions for input/, 'SHAPE'],
  [/Invalid rank for input/, 'SHAPE'],
  [/Unexpected input data type/, 'SHAPE'],
  [/^Tensor's size\(/, 'SHAPE'],
  // A kernel failed, for whatever reason: one code for all.
  [/Non-zero status code returned while running|failed to call OrtRun\(\)/, 'UNSPECIFIED'],
];

const METHODS: Readonly<Record<string, readonly Meaning[]>> = {
  'framework.model.load': LOADING,
  'framework.model.run': RUNNING,
  'framework.tensor.create': RUNNING,
};

/** A native message may be long, and the first words say what it is. */
const LONGEST = 300;
const NAME = 80;

export const refusalOf = (method: MethodName, error: unknown): Refusal | undefined => {
  if (!(error instanceof Error)) return undefined;
  const found = METHODS[method]?.find(([beginning]) => beginning.test(error.message));
  if (!found) return undefined;
  const [line = ''] = error.message.split('\n');
  // The engine's own name for the refusal is how its message begins.
  const vendorName = line.slice(0, NAME) || error.name;
  return new Refusal(found[1], 'native', { message: error.message.slice(0, LONGEST), vendorName });
};
