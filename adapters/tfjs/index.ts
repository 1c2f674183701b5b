// TensorFlow.js: each backend of it that is installed and runs without a browser is an implementation.
import { fileURLToPath } from 'node:url';
import type { Adapter } from '../../core/endpoint.ts';
import { versionOf } from '../kit/packages.ts';
import { BACKENDS, type Backend, CORE_PACKAGE } from './engine.ts';

const endpoint = fileURLToPath(new URL('./endpoint.cjs', import.meta.url));

export const tfjs: Adapter = {
  name: 'tfjs',
  title: 'TensorFlow.js',
  install:
    'npm install --no-save @tensorflow/tfjs-core@4.22.0 @tensorflow/tfjs-backend-cpu@4.22.0 @tensorflow/tfjs-backend-wasm@4.22.0',
  profile: 'OPS@1',
  find: async () => {
    const version = versionOf(CORE_PACKAGE);
    if (version === undefined) return [];
    return (Object.keys(BACKENDS) as Backend[])
      .filter((id) => versionOf(BACKENDS[id]) !== undefined)
      .map((id) => ({
        id,
        title: `TensorFlow.js ${version}, ${id} backend`,
        launch: { command: [process.execPath, endpoint, id], replyDescriptor: 3 as const },
        byDefault: true,
      }));
  },
};
