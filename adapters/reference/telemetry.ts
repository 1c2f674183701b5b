// What the reference reports of its devices, in the names of OpenTelemetry's semantic conventions.
import type { Metric } from '../../schemas/generated/types.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Devices, limitOf } from './device.ts';
import type { Memory } from './memory.ts';
import { MOST_POWER, Sensors } from './sensors.ts';
import type { Streams } from './streams.ts';

/** The telemetry of one session. */
export const telemetry = (devices: Devices, memory: Memory, streams: Streams): Handlers => {
  const sensors = new Map(devices.all.map(({ device }) => [device, new Sensors()]));
  const sensorsOf = (device: string): Sensors => {
    const found = sensors.get(device);
    if (!found) throw new Error(`no such device: ${device}`);
    return found;
  };
  return {
    'driver.telemetry.read': ({ device }) => {
      const described = devices.get(device);
      const activity = streams.activityOf(device);
      const utilization = activity.utilization();
      const { temperature, power } = sensorsOf(device).read(utilization);
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
        { name: 'hw.gpu.utilization', unit: '1', value: utilization, attributes },
        { name: 'hw.temperature', unit: 'Cel', value: temperature, attributes },
        { name: 'hw.power', unit: 'W', value: power, attributes },
        { name: 'hw.power.limit', unit: 'W', value: MOST_POWER, attributes },
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
  };
};
