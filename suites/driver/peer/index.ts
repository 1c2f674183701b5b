// DRV-P2P: all cases of peers and of shared memory, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { copyCases } from './copy.ts';
import { exporterLostCases } from './exporter-lost.ts';
import { queryCases } from './query.ts';
import { rangeCases } from './ranges.ts';
import { shareCases } from './share.ts';

export const peer: readonly Case[] = [
  ...queryCases,
  ...copyCases,
  ...rangeCases,
  ...shareCases,
  ...exporterLostCases,
];
