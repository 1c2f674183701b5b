// DRV-DEV: all cases of devices, in the order in which a run takes them.
import type { Case } from '../../../core/case.ts';
import { compatibility } from './compatibility.ts';
import { described } from './described.ts';
import { foreign } from './foreign.ts';
import { listed } from './listed.ts';
import { location } from './location.ts';
import { numbers } from './numbers.ts';
import { partition } from './partition.ts';
import { sessions } from './sessions.ts';
import { unknownDevice } from './unknown.ts';
import { visible } from './visible.ts';

export const device: readonly Case[] = [
  ...listed,
  ...described,
  ...unknownDevice,
  ...visible,
  ...numbers,
  ...sessions,
  ...foreign,
  ...location,
  ...compatibility,
  ...partition,
];
