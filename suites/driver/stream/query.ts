// DRV-STR-003 and -011: a query says how far a stream is, and does not wait for it.
import { expect } from 'chai';
import type { Case } from '../../../core/case.ts';
import { devicesWith, Ground, isState } from './ground.ts';

const QUERY = 'driver.stream.query';

const held: Case = {
  id: 'DRV-STR-003/held',
  title: 'a stream is complete when it is new, pending while it is held, and complete again',
  requirements: ['DRV-STR-003'],
  expectations: ['DRV-STR-003/fresh', 'DRV-STR-003/pending', 'DRV-STR-003/complete'],
  premises: ['devices', 'finished'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const [from, to] = [await ground.memory('from'), await ground.memory('to')];
      await isState(context, 'DRV-STR-003/fresh', QUERY, { stream }, 'complete');
      for (let round = 0; round < 3; round += 1) {
        const event = await ground.hold(stream);
        await isState(context, 'DRV-STR-003/pending', QUERY, { stream }, 'pending');
        await ground.copy(stream, from, to);
        await isState(context, 'DRV-STR-003/pending', QUERY, { stream }, 'pending');
        await ground.signal(event);
        await ground.finish(stream);
        await isState(context, 'DRV-STR-003/complete', QUERY, { stream }, 'complete');
      }
      await ground.leave();
    }
  },
};

const SAMPLES = 100;
const ENOUGH = SAMPLES / 2;
/** In milliseconds. */
const QUICK = 10;

const quick: Case = {
  id: 'DRV-STR-011/quick',
  title: 'at least half of 100 queries of a held stream are answered within 10 ms',
  requirements: ['DRV-STR-011'],
  expectations: ['DRV-STR-011/quick'],
  premises: ['devices', 'calm'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  timing: true,
  run: async (context) => {
    for (const device of await devicesWith(context)) {
      const ground = new Ground(context, device);
      const stream = await ground.stream();
      const event = await ground.hold(stream);
      // The answer before: what our own side takes is counted in.
      const isQuick = async (call: () => Promise<unknown>): Promise<boolean> => {
        const before = context.now();
        await call();
        return context.now() - before <= QUICK;
      };
      let queries = 0;
      let pings = 0;
      for (let count = 0; count < SAMPLES; count += 1) {
        const query = () => context.attempt('DRV-STR-011/quick', QUERY, { stream });
        if (await isQuick(query)) queries += 1;
        if (await isQuick(() => context.given('system.ping', {}))) pings += 1;
      }
      // Where pings take as long, it is the machine that is busy, or the line.
      context.premise(
        'calm',
        {
          expected: `${ENOUGH} of ${SAMPLES} queries within ${QUICK} ms, or as many pings between them`,
          observed: `${queries} queries, ${pings} pings`,
        },
        () => expect(Math.max(queries, pings)).to.be.at.least(ENOUGH),
      );
      context.expectation(
        'DRV-STR-011/quick',
        {
          expected: `${device.device}: ${ENOUGH} of ${SAMPLES} within ${QUICK} ms, or more`,
          observed: `${device.device}: ${queries} of ${SAMPLES}`,
        },
        () => expect(queries).to.be.at.least(ENOUGH),
      );
      await ground.signal(event);
      await ground.leave();
    }
  },
};

export const queryCases: readonly Case[] = [held];
export const quickCases: readonly Case[] = [quick];
