// DRV-MEM: all cases of device memory, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { clients } from './clients.ts';
import { contents, largeContents } from './contents.ts';
import { copy } from './copy.ts';
import { copyRanges } from './copy-ranges.ts';
import { fill } from './fill.ts';
import { freedElsewhere } from './freed-elsewhere.ts';
import { handles } from './handles.ts';
import { hostMemory } from './host.ts';
import { kindRanges } from './kind-ranges.ts';
import { limits } from './limits.ts';
import { managed } from './managed.ts';
import { ordered } from './ordered.ts';
import { orderedEnds } from './ordered-ends.ts';
import { orderedSequences } from './ordered-sequences.ts';
import { overlap } from './overlap.ts';
import { overlapStreams } from './overlap-streams.ts';
import { ranges } from './ranges.ts';
import { sequenceCases } from './sequences.ts';
import { tooLargeCases } from './too-large.ts';
import { virtual } from './virtual.ts';
import { virtualStates } from './virtual-states.ts';

export const memory: readonly Case[] = [
  ...contents,
  ...limits,
  ...tooLargeCases,
  ...clients,
  ...handles,
  ...freedElsewhere,
  ...ranges,
  ...copyRanges,
  ...copy,
  ...overlap,
  ...overlapStreams,
  ...fill,
  ...hostMemory,
  ...managed,
  ...kindRanges,
  ...ordered,
  ...orderedEnds,
  ...virtual,
  ...virtualStates,
  ...sequenceCases,
  ...largeContents,
  ...orderedSequences,
];
