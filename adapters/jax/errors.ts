// What the engine's refusals mean in the standard, by the first words of their messages.
import { type Meaning, refusalsBy } from '../kit/exceptions.ts';

const LOADING: readonly Meaning[] = [
  [/^Unsupported ONNX dtype|^Unsupported raw data type| are not supported\b/, 'OPERATOR'],
  // What reads the bytes says in many ways that it cannot.
  [/^/, 'MODEL'],
];

/** Whatever else is thrown, a refusal or a fault, is one thing to this interface: an exception. */
const OTHERS: Meaning = [/^/, 'UNSPECIFIED'];

const RUNNING: readonly Meaning[] = [
  // A node takes what nothing gives: that is found when the model runs.
  [/^Missing input '.*' for node /s, 'UNSPECIFIED'],
  [/^Missing input '|^Expected inputs /, 'INPUTS'],
  [/^onnx: (?:rank|shape) mismatch|^Incompatible array broadcast shapes/, 'SHAPE'],
  [
    /^Unsupported (?:ONNX|dtype) | only supports? | not supported?\b|only .* (?:is|are) supported/,
    'OPERATOR',
  ],
  OTHERS,
];

export const refusalOf = refusalsBy({
  'framework.model.load': LOADING,
  'framework.model.run': RUNNING,
  'framework.model.gradient': RUNNING,
  'framework.tensor.create': [OTHERS],
});
