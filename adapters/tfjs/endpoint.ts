// One backend of the engine as a process: `endpoint.js cpu|wasm`.
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
    return {
      product: {
        vendor: 'Google',
        name: `TensorFlow.js, ${backend} backend`,
        version: versionOf(CORE_PACKAGE) ?? 'unknown',
      },
      capabilities: { 'framework.model': true, 'framework.tensor': true },
      methods: {
        'framework.model.load': 'emulated',
        'framework.model.run': 'composed',
        'framework.model.unload': 'emulated',
        'framework.tensor.create': 'native',
        'framework.tensor.read': 'native',
        'framework.tensor.free': 'native',
      },
      handlers: models.handlers,
      release: () => models.release(),
    };
  },
});
