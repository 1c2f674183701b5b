// Gradients by the engine's own vector-Jacobian product of a model as a function. Training is not declared: the weights of a
// model are kept within the engine's function of it, and are none of its arguments.
import { natively } from '../kit/exceptions.ts';
import type { Engine, EngineArray, EngineModel } from './engine.ts';

/** The gradients of the weighted sum of outputs, in the order of the variables; all arrays that are given end. */
export const gradientsOf = (
  engine: Engine,
  model: EngineModel,
  feeds: Readonly<Record<string, EngineArray>>,
  weights: Readonly<Record<string, EngineArray>>,
  variables: readonly string[],
): readonly EngineArray[] => {
  const held = Object.entries(feeds).filter(([name]) => !variables.includes(name));
  const leaves = variables.flatMap((name) => feeds[name] ?? []);
  const computed = (...changed: readonly EngineArray[]): EngineArray[] => {
    const given = [...held, ...variables.map((name, index) => [name, changed[index]] as const)];
    const results = model.run(Object.fromEntries(given) as Record<string, EngineArray>);
    for (const [name, array] of Object.entries(results)) {
      if (!Object.hasOwn(weights, name)) array.dispose();
    }
    return Object.keys(weights).flatMap((name) => results[name] ?? []);
  };
  return natively(() => {
    const [results, pull] = engine.vjp(computed, leaves);
    for (const array of results) array.dispose();
    const found = pull(Object.values(weights));
    pull.dispose();
    return found;
  });
};
