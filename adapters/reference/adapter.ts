// What the kit needs to serve the reference, in a process of its own or within another.
import type { Capabilities } from '../../schemas/generated/types.ts';
import type { AdapterOptions } from '../kit/serve.ts';
import { serves } from './compatibility.ts';
import { referenceDriver } from './driver.ts';

/** The reference, declaring `capabilities`. Each session has a driver of its own. */
export const referenceAdapter = (capabilities: Capabilities): AdapterOptions => ({
  name: 'causeway-reference',
  version: '0.1.0',
  open: ({ visibleDevices, runtimeVersion }) => {
    if (capabilities['driver.compatibility']) serves(runtimeVersion);
    return referenceDriver(capabilities, visibleDevices);
  },
});
