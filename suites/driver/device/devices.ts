// What the cases of devices and memory need alike: the devices that they try.
import { expect } from 'chai';
import type { Context } from '../../../core/case.ts';
import type { Device } from '../../../schemas/generated/types.ts';

/** The devices that cases try: all, up to four, so that a large machine does not take a day. */
export const devicesOf = async (context: Context): Promise<Device[]> => {
  const { devices } = await context.given('driver.device.list', {});
  context.premise(
    'devices',
    { expected: 'at least one device', observed: `${devices.length} devices` },
    () => expect(devices).to.not.have.lengthOf(0),
  );
  return devices.slice(0, 4);
};

/** Ids that no list has: unlike any, and like one but for its end. */
export const strangers = (context: Context, devices: readonly Device[]): string[] =>
  [
    `no-such-device-${context.random.letters(8)}`,
    `${devices[0]?.device.slice(0, 100)}-${context.random.letters(4)}`,
    '0',
  ].filter((id) => devices.every(({ device }) => device !== id));

/** A value without extension members, which may change from call to call. */
export const standard = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (key, member: unknown) => (key.startsWith('x-') ? undefined : member)),
  );
