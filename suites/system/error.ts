// SYS-ERR: protocol faults, each with its own answer, in one order.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../core/case.ts';
import type { RequestId } from '../../schemas/generated/types.ts';
import { brief, firstDevice, originOf, refusal, refuses, succeeds } from '../support.ts';

/** Sends a line that is no good request, and states its code and the id that it echoes. */
const faultyLine = async (
  context: Context,
  expectation: ExpectationId,
  reason: 'PARSE' | 'ENVELOPE',
  line: string,
  id: RequestId | null,
): Promise<void> => {
  const answer = await context.attemptLine(expectation, line, id);
  const expected = refusal(reason);
  context.expectation(
    expectation,
    {
      expected: `${line}: code ${expected.code} with id ${JSON.stringify(id)}`,
      observed: `${line}: ${brief(answer)} with id ${JSON.stringify(answer.id)}`,
      origin: originOf(answer),
    },
    () => {
      expect(answer.kind === 'error' ? answer.error.code : 'a result').to.equal(expected.code);
      expect(answer.id).to.equal(id);
    },
  );
};

const parse: Case = {
  id: 'SYS-ERR-005/parse',
  title: 'a line that is not JSON is answered -32700 with id null',
  requirements: ['SYS-ERR-005'],
  expectations: ['SYS-ERR-005/parse', 'SYS-ERR-005/parse-usable'],
  kind: 'own',
  run: async (context) => {
    const lines = [
      '{"jsonrpc":"2.0","id":1,"method":"system.ping"',
      `{"jsonrpc":"2.0","id":${context.random.integer(100, 999)},"method":system.ping}`,
      'hello',
      "{'jsonrpc':'2.0'}",
      '\u0000',
    ];
    for (const line of lines) await faultyLine(context, 'SYS-ERR-005/parse', 'PARSE', line, null);
    await succeeds(context, 'SYS-ERR-005/parse-usable', 'system.ping', {});
  },
};

const envelope: Case = {
  id: 'SYS-ERR-005/envelope',
  title: 'a message that is not a request is answered -32600 and echoes an id that can be read',
  requirements: ['SYS-ERR-005'],
  expectations: ['SYS-ERR-005/envelope', 'SYS-ERR-005/envelope-usable'],
  kind: 'own',
  run: async (context) => {
    const ping = '"method":"system.ping"';
    const name = `q${context.random.letters(6)}`;
    const vectors: [string, RequestId | null][] = [
      ['[]', null],
      [`[{"jsonrpc":"2.0","id":900001,${ping}}]`, null],
      ['17', null],
      ['null', null],
      [`{"jsonrpc":"2.0","id":900002,${ping},"params":7}`, 900002],
      [`{"jsonrpc":"2.0","id":"${name}",${ping},"params":"x"}`, name],
      [`{"jsonrpc":"2.0","id":900003,${ping},"params":null}`, 900003],
      [`{"jsonrpc":"1.0","id":900004,${ping}}`, 900004],
      [`{"id":900005,${ping}}`, 900005],
      // Two faults: the envelope's is the first.
      [`{"jsonrpc":"1.0","id":900008,"method":"driver.${name}"}`, 900008],
      ['{"jsonrpc":"2.0","id":900006}', 900006],
      ['{"jsonrpc":"2.0","id":900007,"method":7}', 900007],
      [`{"jsonrpc":"2.0","id":null,${ping}}`, null],
      [`{"jsonrpc":"2.0","id":1.5,${ping}}`, null],
      [`{"jsonrpc":"2.0","id":true,${ping}}`, null],
      [`{"jsonrpc":"2.0","id":{},${ping}}`, null],
    ];
    for (const [line, id] of vectors) {
      await faultyLine(context, 'SYS-ERR-005/envelope', 'ENVELOPE', line, id);
    }
    await succeeds(context, 'SYS-ERR-005/envelope-usable', 'system.ping', {});
  },
};

const notification: Case = {
  id: 'SYS-ERR-005/notification',
  title: 'a message without id gets no answer and has no effect, whatever it says',
  requirements: ['SYS-ERR-005'],
  expectations: ['SYS-ERR-005/silent', 'SYS-ERR-005/next'],
  kind: 'own',
  run: async (context) => {
    const name = context.random.letters(10);
    const lines = [
      `{"jsonrpc":"2.0","method":"${name}"}`,
      '{"jsonrpc":"2.0","method":"system.ping","params":{"unknown":1}}',
      '{"jsonrpc":"2.0","method":7}',
      '{}',
      '{"jsonrpc":"2.0","method":"system.shutdown","params":{}}',
    ];
    for (const line of lines) {
      context.notify(line);
      // A line of our own collects an answer with id null, if one comes: it would come before this one's.
      const id = `after-${context.random.letters(6)}`;
      const answer = await context.attemptLine(
        'SYS-ERR-005/silent',
        JSON.stringify({ jsonrpc: '2.0', id, method: 'system.ping', params: {} }),
        id,
      );
      context.expectation(
        'SYS-ERR-005/silent',
        {
          expected: `${line}: no answer`,
          observed: `${line}: ${answer.id === id ? 'no answer' : brief(answer)}`,
        },
        () => expect(answer.id).to.equal(id),
      );
      context.expectation(
        'SYS-ERR-005/next',
        { expected: 'system.ping: a result', observed: `system.ping: ${brief(answer)}` },
        () => expect(answer.kind).to.equal('result'),
      );
    }
  },
};

const notifiedFree: Case = {
  id: 'SYS-ERR-005/notified-free',
  title: 'a notification does not do what a request of its method would',
  requirements: ['SYS-ERR-005'],
  expectations: ['SYS-ERR-005/next'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    const device = await firstDevice(context);
    const params = { device, sizeBytes: '256' };
    const { allocation } = await context.given('driver.memory.allocate', params);
    const free = { jsonrpc: '2.0', method: 'driver.memory.free', params: { allocation } };
    context.notify(JSON.stringify(free));
    await succeeds(context, 'SYS-ERR-005/next', 'system.ping', {});
    await succeeds(context, 'SYS-ERR-005/next', 'driver.memory.free', { allocation });
  },
};

const precedence: Case = {
  id: 'SYS-ERR-005/precedence',
  title: 'of several faults the first in the order of precedence is answered',
  requirements: ['SYS-ERR-005'],
  expectations: [
    'SYS-ERR-005/method-before-state',
    'SYS-ERR-005/state-before-schema',
    'SYS-ERR-005/method-before-schema',
  ],
  kind: 'cold',
  run: async (context) => {
    const unknown = `driver.${context.random.letters(10)}`;
    await refuses(context, 'SYS-ERR-005/method-before-state', refusal('METHOD'), unknown, {});
    await refuses(
      context,
      'SYS-ERR-005/state-before-schema',
      refusal('NOT_INITIALIZED'),
      'system.ping',
      { unknown: 1 },
    );
    const ready = await context.open('ready');
    await refuses(ready, 'SYS-ERR-005/method-before-schema', refusal('METHOD'), unknown, []);
    await ready.close();
  },
};

const handlePrecedence: Case = {
  id: 'SYS-ERR-005/handle-precedence',
  title: 'the schema is checked before the handle, and the handle before the range',
  requirements: ['SYS-ERR-005'],
  expectations: ['SYS-ERR-005/schema-before-handle', 'SYS-ERR-005/handle-before-range'],
  kind: 'shared',
  needs: ['driver.memory'],
  run: async (context) => {
    const { devices } = await context.given('driver.device.list', {});
    const device = devices[0]?.device ?? '';
    const { allocation } = await context.given('driver.memory.allocate', {
      device,
      sizeBytes: '256',
    });
    await context.given('driver.memory.free', { allocation });
    await refuses(
      context,
      'SYS-ERR-005/schema-before-handle',
      refusal('FIELD'),
      'driver.memory.read',
      { allocation, offsetBytes: '0', lengthBytes: 0 },
    );
    await refuses(
      context,
      'SYS-ERR-005/handle-before-range',
      refusal('HANDLE_INVALID'),
      'driver.memory.read',
      { allocation, offsetBytes: '4096', lengthBytes: 1 },
    );
  },
};

const copyPrecedence: Case = {
  id: 'SYS-ERR-005/copy-precedence',
  title: 'both handles of a copy are looked up before either range',
  requirements: ['SYS-ERR-005'],
  expectations: ['SYS-ERR-005/handle-before-range'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.memory.copy'],
  kind: 'shared',
  run: async (context) => {
    const params = { device: await firstDevice(context), sizeBytes: '256' };
    const { allocation: freed } = await context.given('driver.memory.allocate', params);
    const { allocation: live } = await context.given('driver.memory.allocate', params);
    await context.given('driver.memory.free', { allocation: freed });
    const gone = { allocation: freed, offsetBytes: '0' };
    const beyond = { allocation: live, offsetBytes: '4096' };
    for (const [source, destination] of [
      [beyond, gone],
      [gone, beyond],
    ]) {
      await refuses(
        context,
        'SYS-ERR-005/handle-before-range',
        refusal('HANDLE_INVALID'),
        'driver.memory.copy',
        { source, destination, lengthBytes: '1' },
      );
    }
    await context.given('driver.memory.free', { allocation: live });
  },
};

export const error: readonly Case[] = [
  parse,
  envelope,
  notification,
  notifiedFree,
  precedence,
  handlePrecedence,
  copyPrecedence,
];
