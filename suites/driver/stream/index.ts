// DRV-STR: all cases of streams, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { callbackCases } from './callback.ts';
import { callbackEventCases } from './callback-events.ts';
import { destroyCases } from './destroy.ts';
import { faultCases } from './fault.ts';
import { fullCases } from './full.ts';
import { graphCases } from './graph.ts';
import { graphEndCases } from './graph-ends.ts';
import { graphStateCases } from './graph-states.ts';
import { orderCases } from './order.ts';
import { progressCases } from './progress.ts';
import { queryCases, quickCases } from './query.ts';
import { rangeCases } from './ranges.ts';
import { sequenceCases } from './sequences.ts';
import { synchronizeCases } from './synchronize.ts';
import { timeoutCases } from './timeout.ts';
import { waitEventCases } from './wait-event.ts';

export const stream: readonly Case[] = [
  // First, because nearly all others hold streams by what they ask: where it hangs, they need not find out.
  ...waitEventCases,
  ...orderCases,
  ...fullCases,
  ...progressCases,
  ...queryCases,
  ...synchronizeCases,
  ...rangeCases,
  ...destroyCases,
  ...callbackCases,
  ...callbackEventCases,
  ...graphCases,
  ...graphStateCases,
  ...graphEndCases,
  ...faultCases,
  ...quickCases,
  ...timeoutCases,
  ...sequenceCases,
];
