// What the cases of telemetry need alike: a reading, and what is in it.
import type { Context, ExpectationId } from '../../../core/case.ts';
import type { Metric } from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';

export const USAGE = 'hw.gpu.memory.usage';
export const LIMIT = 'hw.gpu.memory.limit';
export const UTILIZATION = 'hw.gpu.utilization';
export const ERRORS = 'hw.errors';
export const TEMPERATURE = 'hw.temperature';
export const POWER = 'hw.power';
export const POWER_LIMIT = 'hw.power.limit';

/** All that a device reports now. */
export const reading = async (
  context: Context,
  expectation: ExpectationId,
  device: string,
): Promise<readonly Metric[]> => {
  const { metrics } = await succeeds(context, expectation, 'driver.telemetry.read', { device });
  return metrics;
};

/** The value of a metric that a device has one of: bytes and errors are strings, what they count is exact. */
export const metricOf = (metrics: readonly Metric[], name: string): Metric['value'] | undefined =>
  metrics.find((one) => one.name === name)?.value;

/** A count; undefined where it is not there, or is none. */
export const countOf = (metrics: readonly Metric[], name: string): bigint | undefined => {
  const value = metricOf(metrics, name);
  return typeof value === 'string' ? BigInt(value) : undefined;
};
