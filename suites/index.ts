// Every case, in the order in which a run takes them.
import type { AnyCase } from '../core/case.ts';
import { device } from './driver/device/index.ts';
import { event } from './driver/event/index.ts';
import { kernel } from './driver/kernel/index.ts';
import { memory } from './driver/memory/index.ts';
import { peer } from './driver/peer/index.ts';
import { stream } from './driver/stream/index.ts';
import { telemetry } from './driver/telemetry/index.ts';
import { framework } from './framework/index.ts';
import { answers } from './system/answered.ts';
import { cancel } from './system/cancel.ts';
import { capability } from './system/capability.ts';
import { clock } from './system/clock.ts';
import { concurrency } from './system/concurrency.ts';
import { error } from './system/error.ts';
import { errorMonitors } from './system/error-monitors.ts';
import { extension } from './system/extension.ts';
import { framing } from './system/framing.ts';
import { fuzzing } from './system/fuzz.ts';
import { adapterIdentity, identity } from './system/identity.ts';
import { lifecycle } from './system/lifecycle.ts';
import { negotiation } from './system/negotiation.ts';
import { refusals } from './system/refusal.ts';
import { schemas } from './system/schema.ts';

export const cases: readonly AnyCase[] = [
  ...negotiation,
  ...capability,
  ...identity,
  ...extension,
  ...errorMonitors,
  ...error,
  ...schemas,
  ...refusals,
  ...adapterIdentity,
  ...lifecycle,
  ...concurrency,
  ...cancel,
  ...answers,
  ...fuzzing,
  ...clock,
  ...framing,
  ...device,
  ...memory,
  ...stream,
  ...event,
  ...peer,
  ...telemetry,
  ...kernel,
  ...framework,
];
