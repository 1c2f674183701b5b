// One backend of the engine as a process: `endpoint.cjs cpu|wasm`.
import { modelService } from '../kit/model-service.ts';
import { begun, versionOf } from '../kit/packages.ts';
import { serve } from '../kit/serve.ts';
import { type Backend, CORE_PACKAGE, hasDerivatives, loadEngine } from './engine.ts';
import { refusalOf } from './errors.ts';
import { Models } from './models.ts';
import { gradients, Trainings } from './training.ts';

const backend = (process.argv[2] ?? 'cpu') as Backend;
const loading = begun(loadEngine(backend));

serve({
  name: 'causeway-tfjs',
  version: '0.1.0',
  refusalOf,
  open: async () => {
    const engine = await loading;
    const models = new Models(engine);
    const trainings = new Trainings(engine, models);
    const product = {
      vendor: 'Google',
      name: `TensorFlow.js, ${backend} backend`,
      version: versionOf(CORE_PACKAGE) ?? 'unknown',
    };
    const all = {
      handlers: { ...models.handlers, ...gradients(engine, models), ...trainings.handlers },
      release: () => {
        trainings.release();
        models.release();
      },
    };
    const work = {
      'framework.model.load': 'emulated',
      'framework.model.run': 'composed',
      'framework.model.unload': 'emulated',
      'framework.model.gradient': 'composed',
      'framework.training.begin': 'composed',
      'framework.training.step': 'composed',
      'framework.training.checkpoint': 'composed',
      'framework.training.restore': 'composed',
      'framework.training.end': 'composed',
    } as const;
    const can = hasDerivatives();
    const more = { 'framework.gradient': can, 'framework.training': can, 'framework.random': true };
    return modelService(product, all, work, more);
  },
});
