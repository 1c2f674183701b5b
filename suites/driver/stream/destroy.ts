// DRV-STR-006: a stream that has work can be given up, and so can a session.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { digests } from '../memory/bytes.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const busy: Case = {
  id: 'DRV-STR-006/busy',
  title: 'a held stream is destroyed at once, and its commands become of as the device declares',
  requirements: ['DRV-STR-006'],
  expectations: [
    'DRV-STR-006/destroyed',
    'DRV-STR-006/gone',
    'DRV-STR-006/serving',
    'DRV-STR-006/as-declared',
  ],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const { stream } = await context.given('driver.stream.create', { device: device.device });
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      const held = await ground.hold(stream);
      await ground.copy(stream, source, target);
      const event = await ground.event();
      await ground.record(event, stream);
      await succeeds(context, 'DRV-STR-006/destroyed', 'driver.stream.destroy', { stream });
      const invalid = refusal('HANDLE_INVALID');
      await refuses(context, 'DRV-STR-006/gone', invalid, 'driver.stream.query', { stream });
      await refuses(context, 'DRV-STR-006/gone', invalid, 'driver.stream.destroy', { stream });
      await succeeds(context, 'DRV-STR-006/serving', 'system.ping', {});
      await ground.signal(held);
      const expectation = 'DRV-STR-006/as-declared';
      const drains = device.streams?.destroyBusy === 'drains';
      await isState(
        context,
        expectation,
        'driver.event.synchronize',
        { event },
        drains ? 'complete' : 'failed',
      );
      const left = drains ? source.bytes : target.bytes;
      await digests(context, expectation, target.allocation, 0, left);
      await ground.leave();
    }
  },
};

const shutdown: Case = {
  id: 'DRV-STR-006/shutdown',
  title: 'a session ends while a stream is held',
  requirements: ['DRV-STR-006'],
  expectations: ['DRV-STR-006/shutdown'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream', 'driver.event'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [source, target] = [await ground.memory('source'), await ground.memory('target')];
      await ground.hold(stream);
      await ground.copy(stream, source, target);
    }
    await succeeds(context, 'DRV-STR-006/shutdown', 'system.shutdown', {});
  },
};

export const destroyCases: readonly Case[] = [busy, shutdown];
