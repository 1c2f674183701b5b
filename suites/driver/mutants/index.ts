// Known-bad drivers, each with one defect that one of its rows must find.
import type { Mutant } from '../../../core/mutant.ts';
import { servedMutant } from '../../defects.ts';
import { allocationMutants } from './allocation.ts';
import { callbackEventMutants } from './callback-events.ts';
import { contentsMutants } from './contents.ts';
import { copyMutants } from './copy.ts';
import { destroyedEventMutants } from './destroyed-events.ts';
import { deviceMutants } from './device.ts';
import { deviceEdgeMutants } from './device-edges.ts';
import { eventMutants } from './event.ts';
import { eventEdgeMutants } from './event-edges.ts';
import { eventTimingMutants } from './event-timing.ts';
import { fillMutants } from './fill.ts';
import { fullStreamMutants } from './full-streams.ts';
import { graphMutants } from './graphs.ts';
import { handleMutants } from './handles.ts';
import { hostMemoryMutants } from './host-memory.ts';
import { kernelMutants } from './kernel.ts';
import { kernelEdgeMutants } from './kernel-edges.ts';
import { kernelNumberMutants } from './kernel-numbers.ts';
import { kernelResultMutants } from './kernel-results.ts';
import { kindRangeMutants } from './kind-ranges.ts';
import { launchFailureMutants } from './launch-failures.ts';
import { limitMutants } from './limits.ts';
import { managedMemoryMutants } from './managed-memory.ts';
import { memoryEdgeMutants } from './memory-edges.ts';
import { orderedMemoryMutants } from './ordered-memory.ts';
import { overlapMutants } from './overlap.ts';
import { overlapStreamMutants } from './overlap-streams.ts';
import { peerMutants } from './peer.ts';
import { peerRangeMutants } from './peer-ranges.ts';
import { placementMutants } from './placement.ts';
import { rangeMutants } from './ranges.ts';
import { sensorMutants } from './sensors.ts';
import { sequenceMutants } from './sequences.ts';
import { sessionMutants } from './sessions.ts';
import { shareMutants } from './share.ts';
import { staleHandleMutants } from './stale-handles.ts';
import { streamMutants } from './stream.ts';
import { streamEdgeMutants } from './stream-edges.ts';
import { streamExtraMutants } from './stream-extras.ts';
import { streamOrderMutants } from './stream-order.ts';
import { streamRangeMutants } from './stream-ranges.ts';
import { streamSequenceMutants } from './stream-sequences.ts';
import { streamWaitMutants } from './stream-waits.ts';
import { telemetryMutants } from './telemetry.ts';
import { virtualMemoryMutants } from './virtual-memory.ts';
import { virtualStateMutants } from './virtual-states.ts';
import { visibleMutants } from './visible.ts';

export const driverMutants: readonly Mutant[] = [
  // One of these takes ten seconds, which others fill where it is begun first.
  ...sensorMutants,
  ...deviceMutants,
  ...deviceEdgeMutants,
  ...visibleMutants,
  ...sessionMutants,
  ...contentsMutants,
  ...allocationMutants,
  ...handleMutants,
  ...staleHandleMutants,
  ...limitMutants,
  ...rangeMutants,
  ...copyMutants,
  ...overlapMutants,
  ...overlapStreamMutants,
  ...fillMutants,
  ...memoryEdgeMutants,
  ...sequenceMutants,
  ...streamMutants,
  ...streamWaitMutants,
  ...streamOrderMutants,
  ...fullStreamMutants,
  ...streamExtraMutants,
  ...callbackEventMutants,
  ...graphMutants,
  ...streamSequenceMutants,
  ...streamRangeMutants,
  ...streamEdgeMutants,
  ...launchFailureMutants,
  ...eventMutants,
  ...eventTimingMutants,
  ...eventEdgeMutants,
  ...destroyedEventMutants,
  ...placementMutants,
  ...hostMemoryMutants,
  ...managedMemoryMutants,
  ...kindRangeMutants,
  ...orderedMemoryMutants,
  ...virtualMemoryMutants,
  ...virtualStateMutants,
  ...peerMutants,
  ...peerRangeMutants,
  ...shareMutants,
  ...telemetryMutants,
  ...kernelMutants,
  ...kernelEdgeMutants,
  ...kernelResultMutants,
  ...kernelNumberMutants,
].map(servedMutant);
