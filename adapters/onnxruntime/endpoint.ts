// One package of the engine as a process: `endpoint.js node|web`.

import { versionOf } from '../kit/packages.ts';
import { serve } from '../kit/serve.ts';
import { loadEngine, PACKAGES, type PackageId } from './engine.ts';
import { refusalOf } from './errors.ts';
import { Models } from './models.ts';

const id = (process.argv[2] ?? 'node') as PackageId;

serve({
  name: 'causeway-onnxruntime',
  version: '0.1.0',
  refusalOf,
  open: async () => {
    const models = new Models(await loadEngine(id));
    return {
      product: {
        vendor: 'Microsoft',
        name: PACKAGES[id],
        version: versionOf(PACKAGES[id]) ?? 'unknown',
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
