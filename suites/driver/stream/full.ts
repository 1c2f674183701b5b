// DRV-STR-001: how much a stream takes while nothing of it can begin. A client that puts one more command there than its
// queue holds, before it signals what holds it, waits for itself.
import type { Case } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { allocate, bytesOf, digests, fits, generator, MESSAGE } from '../memory/bytes.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const TAKEN = 'DRV-STR-001/full-taken';
const KEPT = 'DRV-STR-001/full-kept';

/** What a stream takes at least while it is held; the wait that holds it may be one of them. */
const COMMANDS = 64;
const WRITES = COMMANDS - 1;
const SIZE = WRITES * MESSAGE;

const full: Case = {
  id: 'DRV-STR-001/full',
  title:
    'a stream that is held takes 64 commands, of which each may bring all that a message holds',
  requirements: ['DRV-STR-001'],
  expectations: [TAKEN, KEPT],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.event.host'],
  kind: 'own',
  run: async (context) => {
    const devices = (await devicesWith(context)).filter((one) => fits(one, SIZE));
    if (devices.length === 0) context.nothing('no device has room for what is put into a stream');
    for (const device of devices) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const allocation = ground.keepMemory(await allocate(context, device.device, SIZE));
      const bytes = bytesOf(generator(context, `all writes on ${device.device}`, SIZE));
      const event = await ground.hold(stream);
      for (let at = 0; at < SIZE; at += MESSAGE) {
        await succeeds(context, TAKEN, 'driver.stream.write', {
          stream,
          allocation,
          offsetBytes: String(at),
          data: { base64: bytes.subarray(at, at + MESSAGE).toString('base64') },
        });
      }
      await ground.signal(event);
      await isState(context, KEPT, 'driver.stream.synchronize', { stream }, 'complete');
      await digests(context, KEPT, allocation, 0, bytes);
      await ground.leave();
    }
  },
};

export const fullCases: readonly Case[] = [full];
