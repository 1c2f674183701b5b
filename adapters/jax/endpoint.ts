// One backend of the engine as a process: `endpoint.js cpu|wasm`.
import { versionOf } from '../kit/packages.ts';
import { serve } from '../kit/serve.ts';
import { ARRAYS_PACKAGE, type Backend, loadEngine } from './engine.ts';
import { refusalOf } from './errors.ts';
import { Models } from './models.ts';

const backend = (process.argv[2] ?? 'cpu') as Backend;

serve({
  name: 'causeway-jax',
  version: '0.1.0',
  refusalOf,
  open: async () => {
    const models = new Models(await loadEngine(backend));
    return {
      product: {
        vendor: 'jax-js',
        name: `jax-js, ${backend} backend`,
        version: versionOf(ARRAYS_PACKAGE) ?? 'unknown',
      },
      capabilities: { 'framework.model': true, 'framework.tensor': true },
      methods: {
        'framework.model.load': 'native',
        'framework.model.run': 'native',
        'framework.model.unload': 'native',
        'framework.tensor.create': 'native',
        'framework.tensor.read': 'native',
        'framework.tensor.free': 'native',
      },
      handlers: models.handlers,
      release: () => models.release(),
    };
  },
});
