// SYS-LIF-002: many requests open at one time, each with its own answer.
import { expect } from 'chai';
import type { Answer, Case, Context } from '../../core/case.ts';
import { fieldOf, firstDevice, kindOf, originOf, withoutExtensions } from '../support.ts';

const AT_ONCE = 64;
const AS_ALONE = 'SYS-LIF-002/as-alone';

type Request = readonly [method: string, params: unknown];

/** An answer as far as it tells which request it belongs to. */
const toldBy = (answer: Answer): string =>
  answer.kind === 'result'
    ? `result ${JSON.stringify(withoutExtensions(answer.result))}`
    : [kindOf(answer), fieldOf(answer)].filter((part) => part !== undefined).join(' at ');

/** Asks each request alone, then all at one time, and states that each got the answer that it had alone. */
const asAlone = async (context: Context, requests: readonly Request[]): Promise<Set<string>> => {
  const ask = ([method, params]: Request) => context.attempt(AS_ALONE, method, params);
  const alone: string[] = [];
  for (const request of requests) alone.push(toldBy(await ask(request)));
  const together = await Promise.all(requests.map(ask));
  const told = together.map(toldBy);
  const wrong = together.findIndex((_, index) => told[index] !== alone[index]);
  const answer = together[wrong];
  context.expectation(
    AS_ALONE,
    {
      expected: answer ? `request ${wrong + 1}: ${alone[wrong]}` : 'each answered as alone',
      observed: answer ? `request ${wrong + 1}: ${told[wrong]}` : 'each answered as alone',
      ...(answer && { origin: originOf(answer) }),
    },
    () => expect(wrong).to.equal(-1),
  );
  return new Set(alone);
};

const pings: Case = {
  id: 'SYS-LIF-002/pings',
  title: '64 requests of two kinds at one time are answered, each as it is alone',
  requirements: ['SYS-LIF-002'],
  expectations: [AS_ALONE],
  kind: 'shared',
  run: async (context) => {
    const name = context.random.letters(6);
    // Every other one is refused, and the refusal names a member that no other request has.
    const requests = Array.from(
      { length: AT_ONCE },
      (_, index): Request => ['system.ping', index % 2 === 0 ? {} : { [`${name}${index}`]: 1 }],
    );
    await asAlone(context, requests);
  },
};

/** What one request reads. */
const PART = 16;

const reads: Case = {
  id: 'SYS-LIF-002/reads',
  title: '64 reads of different places at one time give each the bytes of its own place',
  requirements: ['SYS-LIF-002'],
  expectations: [AS_ALONE],
  premises: ['devices', 'told-apart'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    const device = await firstDevice(context);
    const { allocation } = await context.given('driver.memory.allocate', {
      device,
      sizeBytes: String(AT_ONCE * PART),
    });
    const base64 = context.random.bytes(AT_ONCE * PART).toString('base64');
    await context.given('driver.memory.write', {
      allocation,
      offsetBytes: '0',
      data: { base64 },
    });
    const requests = Array.from(
      { length: AT_ONCE },
      (_, index): Request => [
        'driver.memory.read',
        { allocation, offsetBytes: String(index * PART), lengthBytes: PART },
      ],
    );
    const alone = await asAlone(context, requests);
    context.premise(
      'told-apart',
      { expected: `${AT_ONCE} reads that differ`, observed: alone.size },
      () => expect(alone.size).to.equal(AT_ONCE),
    );
  },
};

export const concurrency: readonly Case[] = [pings, reads];
