// What the reference measures of its devices, in the names of OpenTelemetry's semantic conventions.
import type { Metric } from '../../schemas/generated/types.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Devices, limitOf } from './device.ts';
import type { Memory } from './memory.ts';
import type { Streams } from './streams.ts';

/** The telemetry of one session. */
export const telemetry = (devices: Devices, memory: Memory, streams: Streams): Handlers => ({
  'driver.telemetry.read': ({ device }) => {
    const described = devices.get(device);
    const activity = streams.activityOf(device);
    const attributes = { 'hw.id': device, 'hw.type': 'gpu', 'hw.vendor': described.vendor };
    const metrics: Metric[] = [
      {
        name: 'hw.gpu.memory.limit',
        unit: 'By',
        value: String(limitOf(described)),
        attributes,
      },
      {
        name: 'hw.gpu.memory.usage',
        unit: 'By',
        value: String(memory.usedOn(device)),
        attributes,
      },
      { name: 'hw.gpu.utilization', unit: '1', value: activity.utilization(), attributes },
      {
        name: 'hw.errors',
        unit: '{error}',
        value: String(activity.errors),
        attributes: { ...attributes, 'error.type': 'command' },
        resets: 0,
      },
    ];
    return { metrics };
  },
});
