// Cases whose course depends on when things arrive: what a replay must bring about again.
import { expect } from 'chai';
import type { Case } from '../core/case.ts';

/** Records the order in which fifty answers came, and branches on it. */
export const fanOut: Case = {
  id: 'SYS-FRM-001/fan-out',
  title: 'fifty pings at once',
  requirements: ['SYS-FRM-001'],
  expectations: ['SYS-FRM-001/order'],
  kind: 'own',
  run: async (context) => {
    const order: number[] = [];
    await Promise.all(
      Array.from({ length: 50 }, async (_, index) => {
        await context.attempt('SYS-FRM-001/order', 'system.ping', {});
        order.push(index);
        // What is asked next depends on who came before: the log must bring that about again.
        if (order.length % 7 === index % 7) await context.given('system.ping', {});
      }),
    );
    context.expectation('SYS-FRM-001/order', { expected: 50, observed: order }, () =>
      expect(order).to.have.lengthOf(50),
    );
  },
};

/** Asks again until a seeded number of answers has come. */
export const polling: Case = {
  id: 'SYS-FRM-001/polling',
  title: 'pings until it has enough',
  requirements: ['SYS-FRM-001'],
  expectations: ['SYS-FRM-001/polled'],
  kind: 'shared',
  run: async (context) => {
    const enough = context.random.integer(10, 30);
    let count = 0;
    while (count < enough) {
      const both = [context.attempt('SYS-FRM-001/polled', 'system.ping', {})];
      if (context.random.integer(0, 1) === 1) {
        both.push(context.attempt('SYS-FRM-001/polled', 'system.ping', {}));
      }
      count += (await Promise.all(both)).length;
    }
    context.expectation('SYS-FRM-001/polled', { expected: enough, observed: count }, () =>
      expect(count).to.be.at.least(enough),
    );
  },
};

/** One ping. */
export const ping: Case = {
  id: 'SYS-FRM-001/ping',
  title: 'a ping is answered',
  requirements: ['SYS-FRM-001'],
  expectations: ['SYS-FRM-001/pinged'],
  kind: 'shared',
  run: async (context) => {
    const answer = await context.attempt('SYS-FRM-001/pinged', 'system.ping', {});
    context.expectation('SYS-FRM-001/pinged', { expected: 'result', observed: answer.kind }, () =>
      expect(answer.kind).to.equal('result'),
    );
  },
};

/** A ping that the case needs, not one that it judges. */
export const givenPing: Case = {
  id: 'SYS-FRM-001/given-ping',
  title: 'a ping is given',
  requirements: ['SYS-FRM-001'],
  expectations: ['SYS-FRM-001/given'],
  kind: 'shared',
  run: async (context) => {
    await context.given('system.ping', {});
    context.expectation('SYS-FRM-001/given', { expected: 1, observed: 1 }, () => {});
  },
};
