// What the engine's refusals mean in the standard, by the first words of their messages.
import { type Meaning, refusalsBy } from '../kit/exceptions.ts';

const MAKING: readonly Meaning[] = [
  [/^Based on the provided shape, /, 'SHAPE'],
  // Whatever else is thrown, a refusal or a fault, is one thing to this interface: an exception.
  [/^/, 'UNSPECIFIED'],
];

const RUNNING: readonly Meaning[] = [
  [/^Kernel '.*' not registered for backend /, 'OPERATOR'],
  [/^Argument '.*' passed to '.*' must be .* tensor, but got /, 'OPERATOR'],
  [/ only supports | not yet supported\b/, 'OPERATOR'],
  [/^Operands could not be broadcast together /, 'SHAPE'],
  ...MAKING,
];

export const refusalOf = refusalsBy({
  'framework.model.load': MAKING,
  'framework.model.run': RUNNING,
  'framework.tensor.create': MAKING,
});
