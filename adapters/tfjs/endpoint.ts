// One backend of the engine as a process: `endpoint.js cpu|wasm`.
import { modelService } from '../kit/model-service.ts';
import { versionOf } from '../kit/packages.ts';
import { serve } from '../kit/serve.ts';
import { type Backend, CORE_PACKAGE, loadEngine } from './engine.ts';
import { refusalOf } from './errors.ts';
import { Models } from './models.ts';

const backend = (process.argv[2] ?? 'cpu') as Backend;

serve({
  name: 'causeway-tfjs',
  version: '0.1.0',
  refusalOf,
  open: async () => {
    const models = new Models(await loadEngine(backend));
    const product = {
      vendor: 'Google',
      name: `TensorFlow.js, ${backend} backend`,
      version: versionOf(CORE_PACKAGE) ?? 'unknown',
    };
    return modelService(product, models, {
      'framework.model.load': 'emulated',
      'framework.model.run': 'composed',
      'framework.model.unload': 'emulated',
    });
  },
});
