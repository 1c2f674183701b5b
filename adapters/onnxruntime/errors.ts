// What the engine's refusals mean in the standard. One package says its codes within the message, the other says
// nothing but the message, whose first words tell what it is: they alone are looked at.
import { type Meaning, refusalsBy } from '../kit/exceptions.ts';

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
  // ORT_INVALID_ARGUMENT, as the package says that has codes: what is asked for was lost within the engine.
  [/^At least one output should be requested/, 'UNSPECIFIED'],
  // ORT_NOT_IMPLEMENTED: the kernel is there, and has not what the node asks of it.
  [/ERROR_CODE: 9,/, 'OPERATOR'],
  // A kernel failed, for whatever reason: one code for all.
  [/Non-zero status code returned while running|failed to call OrtRun\(\)/, 'UNSPECIFIED'],
];

export const refusalOf = refusalsBy({
  'framework.model.load': LOADING,
  'framework.model.run': RUNNING,
  'framework.tensor.create': RUNNING,
});
