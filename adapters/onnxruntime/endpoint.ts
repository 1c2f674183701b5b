// One package of the engine as a process: `endpoint.cjs node|web`.
import { modelService } from '../kit/model-service.ts';
import { begun, versionOf } from '../kit/packages.ts';
import { serve } from '../kit/serve.ts';
import { loadEngine, PACKAGES, type PackageId } from './engine.ts';
import { refusalOf } from './errors.ts';
import { Models } from './models.ts';

const id = (process.argv[2] ?? 'node') as PackageId;
const loading = begun(loadEngine(id));

serve({
  name: 'causeway-onnxruntime',
  version: '0.1.0',
  refusalOf,
  open: async () => {
    const models = new Models(await loading);
    const product = {
      vendor: 'Microsoft',
      name: PACKAGES[id],
      version: versionOf(PACKAGES[id]) ?? 'unknown',
    };
    return modelService(product, models, {}, { 'framework.random': true });
  },
});
