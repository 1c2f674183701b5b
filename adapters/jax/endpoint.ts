// One backend of the engine as a process: `endpoint.cjs cpu|wasm`.
import { modelService } from '../kit/model-service.ts';
import { begun, versionOf } from '../kit/packages.ts';
import { serve } from '../kit/serve.ts';
import { ARRAYS_PACKAGE, type Backend, loadEngine } from './engine.ts';
import { refusalOf } from './errors.ts';
import { Models } from './models.ts';

const backend = (process.argv[2] ?? 'cpu') as Backend;
const loading = begun(loadEngine(backend));

serve({
  name: 'causeway-jax',
  version: '0.1.0',
  refusalOf,
  open: async () => {
    const models = new Models(await loading);
    const product = {
      vendor: 'jax-js',
      name: `jax-js, ${backend} backend`,
      version: versionOf(ARRAYS_PACKAGE) ?? 'unknown',
    };
    return modelService(
      product,
      models,
      { 'framework.model.gradient': 'native' },
      { 'framework.gradient': true },
    );
  },
});
