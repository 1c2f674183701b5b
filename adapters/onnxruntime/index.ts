// ONNX Runtime: each npm package of it that is installed is an implementation.
import type { Adapter } from '../../core/endpoint.ts';
import { bundled } from '../kit/bundled.ts';
import { versionOf } from '../kit/packages.ts';
import { PACKAGES, type PackageId } from './engine.ts';

const endpoint = bundled(new URL('./endpoint.cjs', import.meta.url));

export const onnxruntime: Adapter = {
  name: 'onnxruntime',
  title: 'ONNX Runtime',
  install:
    'npm install --no-save onnxruntime-web@1.30.0, or ONNXRUNTIME_NODE_INSTALL=skip npm install --no-save onnxruntime-node@1.30.0',
  profile: 'OPS@1',
  find: async () =>
    (Object.keys(PACKAGES) as PackageId[]).flatMap((id) => {
      const version = versionOf(PACKAGES[id]);
      if (version === undefined) return [];
      return [
        {
          id,
          title: `${PACKAGES[id]} ${version}`,
          launch: { command: [...endpoint, id], replyDescriptor: 3 as const },
          byDefault: true,
        },
      ];
    }),
};
