// What the engine's refusals mean in the standard. Its JavaScript interface has no codes: each exception is a message
// whose first words say what it is, and they alone are looked at.
import type { ErrorReason, MethodName } from '../../schemas/generated/standard.ts';
import { Refusal } from '../kit/refusal.ts';

type Meaning = readonly [beginning: RegExp, reason: ErrorReason];

const LOADING: readonly Meaning[] = [
  // No kernel of a known operator for the type.
  [/Could not find an implementation for /, 'OPERATOR'],
  [/^/, 'MODEL'],
];

const RUNNING: readonly Meaning[] = [
  [/^input '.*' is missing in 'feeds'/s, 'INPUTS'],
  [/^'fetches' contains invalid output name/, 'INPUTS'],
  [/^(?:\[ONNXRuntimeError\] : 2 : INVALID_ARGUMENT : )?Got invalid dimensions for input/, 'SHAPE'],
  [/Invalid rank for input/, 'SHAPE'],
  [/Unexpected input data type/, 'SHAPE'],
  [/^Tensor's size\(/, 'SHAPE'],
  [/is an unsupported (?:type|data type)|^not supported/, 'OPERATOR'],
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

export const refusalOf = (method: MethodName, error: unknown): Refusal | undefined => {
  if (!(error instanceof Error)) return undefined;
  const found = METHODS[method]?.find(([beginning]) => beginning.test(error.message));
  const message = error.message.slice(0, LONGEST);
  return found && new Refusal(found[1], 'native', { message });
};
