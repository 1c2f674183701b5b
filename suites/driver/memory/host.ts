// DRV-MEM-013: registered host memory and its allocation are the same bytes.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { sha256 } from '../../../core/generator.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { allocate, bytesOf, digests, fits, generator } from './bytes.ts';

/** Not whole pages. */
const SIZE = 20_001;

const REGISTERED = 'DRV-MEM-013/registered';
const HOST_SEES = 'DRV-MEM-013/host-sees';

const fresh = (context: Context, label: string): Buffer =>
  Buffer.from(bytesOf(generator(context, label, SIZE)));

const literal = (bytes: Buffer) => ({ base64: bytes.toString('base64') });

/** Host memory that holds `bytes`, registered. */
const registered = async (context: Context, device: string, bytes: Buffer) => {
  const { host } = await succeeds(context, REGISTERED, 'driver.memory.host.allocate', {
    sizeBytes: String(SIZE),
  });
  await succeeds(context, REGISTERED, 'driver.memory.host.write', {
    host,
    offsetBytes: '0',
    data: literal(bytes),
  });
  const { allocation } = await succeeds(context, REGISTERED, 'driver.memory.register', {
    device,
    host,
  });
  return { host, allocation };
};

/** States that the host loads `expected`. */
const hostReads = async (
  context: Context,
  expectation: typeof HOST_SEES | 'DRV-MEM-013/kept',
  host: string,
  expected: Buffer,
): Promise<void> => {
  const { base64 } = await succeeds(context, expectation, 'driver.memory.host.read', {
    host,
    offsetBytes: '0',
    lengthBytes: expected.length,
  });
  const observed = Buffer.from(base64, 'base64');
  context.expectation(expectation, { expected: sha256(expected), observed: sha256(observed) }, () =>
    expect(observed.equals(expected)).to.equal(true),
  );
};

const roundTrips: Case = {
  id: 'DRV-MEM-013/round-trips',
  title: 'what host and device write to registered memory the other sees, and the host keeps it',
  requirements: ['DRV-MEM-013'],
  expectations: [
    REGISTERED,
    'DRV-MEM-013/device-sees',
    HOST_SEES,
    'DRV-MEM-013/not-freed',
    'DRV-MEM-013/kept',
  ],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of (await devicesOf(context)).filter((one) => fits(one, SIZE))) {
      const bytes = fresh(context, `host for ${device}`);
      const { host, allocation } = await registered(context, device, bytes);
      await digests(context, 'DRV-MEM-013/device-sees', allocation, 0, bytes);
      for (let turn = 0; turn < 5; turn += 1) {
        const part = fresh(context, `part ${turn}`).subarray(0, 777);
        const at = context.random.integer(0, SIZE - part.length);
        await context.given('driver.memory.write', {
          allocation,
          offsetBytes: String(at),
          data: literal(part),
        });
        part.copy(bytes, at);
        await hostReads(context, HOST_SEES, host, bytes);
        fresh(context, `host ${turn} for ${device}`).copy(bytes);
        await context.given('driver.memory.host.write', {
          host,
          offsetBytes: '0',
          data: literal(bytes),
        });
        await digests(context, 'DRV-MEM-013/device-sees', allocation, 0, bytes);
      }
      const state = refusal('MEMORY_STATE');
      await refuses(context, 'DRV-MEM-013/not-freed', state, 'driver.memory.host.free', { host });
      await context.given('driver.memory.free', { allocation });
      await hostReads(context, 'DRV-MEM-013/kept', host, bytes);
      await context.given('driver.memory.host.free', { host });
    }
  },
};

const copied: Case = {
  id: 'DRV-MEM-013/copied',
  title: 'a copy takes from registered memory what the host stored, and leaves there what it reads',
  requirements: ['DRV-MEM-013'],
  expectations: [REGISTERED, 'DRV-MEM-013/copied', HOST_SEES],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.memory.copy'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of (await devicesOf(context)).filter((one) => fits(one, SIZE))) {
      const bytes = fresh(context, `host for ${device}`);
      const { host, allocation } = await registered(context, device, bytes);
      const own = await allocate(context, device, SIZE);
      const place = (one: string) => ({ allocation: one, offsetBytes: '0' });
      const lengthBytes = String(SIZE);
      await succeeds(context, 'DRV-MEM-013/copied', 'driver.memory.copy', {
        source: place(allocation),
        destination: place(own),
        lengthBytes,
      });
      await digests(context, 'DRV-MEM-013/copied', own, 0, bytes);
      const other = fresh(context, `device ${device}`);
      await context.given('driver.memory.write', { ...place(own), data: literal(other) });
      await succeeds(context, 'DRV-MEM-013/copied', 'driver.memory.copy', {
        source: place(own),
        destination: place(allocation),
        lengthBytes,
      });
      await hostReads(context, HOST_SEES, host, other);
      for (const one of [own, allocation]) {
        await context.given('driver.memory.free', { allocation: one });
      }
      await context.given('driver.memory.host.free', { host });
    }
  },
};

export const hostMemory: readonly Case[] = [roundTrips, copied];
