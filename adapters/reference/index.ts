// The embedded reference: always present, so that every machine has something to judge.
import type { Adapter } from '../../core/endpoint.ts';
import { bundled } from '../kit/bundled.ts';

const endpoint = bundled(new URL('./endpoint.cjs', import.meta.url));

export const reference: Adapter = {
  name: 'reference',
  title: 'the embedded reference',
  install: 'nothing: it is part of Causeway',
  find: async () => [
    {
      id: 'host',
      title: 'driver on host memory, two devices',
      // What it shares between processes is a file there: gone with the run, whatever becomes of it.
      launch: { command: endpoint, scratchVariables: ['TMPDIR'] },
      byDefault: true,
    },
    {
      id: 'reduced',
      title: 'the same, declaring devices alone: for trying how gating looks',
      launch: { command: [...endpoint, 'reduced'] },
      byDefault: false,
    },
  ],
};
