// PyTorch, on the processor. It is a library for Python, so its endpoint is a program in Python, which the compiler leaves
// where it is.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import type { Adapter } from '../../core/endpoint.ts';

/** What Debian's packages are for, whatever `python3` is first on the path. */
const PYTHON = '/usr/bin/python3';

/** It imports nothing that is native. */
const DEADLINE_MS = 10_000;

/** A file in this repository, or in the package, which has the Python files in the same place. */
const placed = (path: string): string =>
  fileURLToPath(new URL(`../../../adapters/${path}`, import.meta.url));

/** The version, where PyTorch and the reader of models are installed. */
const installedVersion = async (): Promise<string | undefined> => {
  if (!existsSync(PYTHON)) return undefined;
  const { exitCode, stdout } = await execa(PYTHON, [placed('torch/installed.py')], {
    stdin: 'ignore',
    stderr: 'ignore',
    timeout: DEADLINE_MS,
    killSignal: 'SIGKILL',
    reject: false,
  });
  return exitCode === 0 && stdout !== '' ? stdout : undefined;
};

export const torch: Adapter = {
  name: 'torch',
  title: 'PyTorch',
  install: 'apt-get install --no-install-recommends python3-torch python3-onnx',
  profile: 'OPS@1',
  find: async () => {
    const version = await installedVersion();
    if (version === undefined) return [];
    return [
      {
        id: 'cpu',
        title: `PyTorch ${version}`,
        launch: {
          command: [PYTHON, placed('torch/endpoint.py')],
          environment: { PYTHONPATH: placed('kit/python') },
          replyDescriptor: 3,
        },
        byDefault: true,
      },
    ];
  },
};
