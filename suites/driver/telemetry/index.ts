// DRV-TEL: all cases of telemetry, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { errorCases } from './errors.ts';
import { followsCases } from './follows.ts';
import { namedCases } from './named.ts';
import { reported } from './reported.ts';
import { sensorCases } from './sensors.ts';

export const telemetry: readonly Case[] = [
  ...reported,
  ...namedCases,
  ...errorCases,
  ...followsCases,
  ...sensorCases,
];
