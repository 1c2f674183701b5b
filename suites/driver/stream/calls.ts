// What random sequences of commands in streams need alike: calls that have to succeed, or else the sequence departs.
import type { Context, ExpectationId } from '../../../core/case.ts';
import { declares } from '../../../core/plan.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import { Departure } from '../../sequences.ts';
import { brief } from '../../support.ts';
import { isBuilt } from '../kernel/formats.ts';

/** A call that has to succeed. */
export type Call = (method: string, params: object) => Promise<unknown>;

export const caller =
  (context: Context, expectation: ExpectationId): Call =>
  async (method, params) => {
    const answer = await context.attempt(expectation, method, params);
    if (answer.kind === 'error') throw new Departure(`${method}: a result`, brief(answer));
    return answer.result;
  };

/** Waits until a stream has nothing left to do. */
export const complete = async (call: Call, stream: string): Promise<void> => {
  const { state } = (await call('driver.stream.synchronize', { stream })) as { state: string };
  if (state !== 'complete') throw new Departure('driver.stream.synchronize: complete', state);
};

/** Whether the reference kernels can be launched on a device. */
export const launches = (context: Context, device: Device): boolean =>
  declares(context.identity?.capabilities ?? {}, 'driver.kernel') &&
  device.kernels !== undefined &&
  device.programFormats.some(isBuilt);

export const times = async <T>(count: number, make: () => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  while (made.length < count) made.push(await make());
  return made;
};
