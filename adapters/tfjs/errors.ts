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

const DIFFERENTIATING: readonly Meaning[] = [
  [/^Cannot compute gradient: gradient function not found for /, 'OPERATOR'],
  [/^The f passed in (?:grads|variableGrads)\(f\) must return a scalar/, 'SHAPE'],
  ...RUNNING,
];

export const refusalOf = refusalsBy({
  'framework.model.load': MAKING,
  'framework.model.run': RUNNING,
  'framework.model.gradient': DIFFERENTIATING,
  'framework.tensor.create': MAKING,
  'framework.training.begin': MAKING,
  'framework.training.step': DIFFERENTIATING,
  'framework.training.checkpoint': MAKING,
  'framework.training.restore': MAKING,
});
