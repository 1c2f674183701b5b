// jax-js: each backend of it that runs without a browser is an implementation.
import { fileURLToPath } from 'node:url';
import type { Adapter } from '../../core/endpoint.ts';
import { versionOf } from '../kit/packages.ts';
import { ARRAYS_PACKAGE, BACKENDS, MODELS_PACKAGE } from './engine.ts';

const endpoint = fileURLToPath(new URL('./endpoint.cjs', import.meta.url));

export const jax: Adapter = {
  name: 'jax',
  title: 'jax-js',
  install: 'npm install --no-save @jax-js/jax@0.1.25 @jax-js/onnx@0.1.2',
  profile: 'OPS@1',
  find: async () => {
    const versions = [ARRAYS_PACKAGE, MODELS_PACKAGE].map(versionOf);
    if (versions.includes(undefined)) return [];
    return BACKENDS.map((id) => ({
      id,
      title: `jax-js ${versions[0]}, ${id} backend`,
      launch: { command: [process.execPath, endpoint, id], replyDescriptor: 3 as const },
      byDefault: true,
    }));
  },
};
