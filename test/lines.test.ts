// What is written of a message is all of it, whatever it says; and what is no entry is none.
import { expect } from 'chai';
import { redactor } from '../runner/evidence.ts';
import { lineFormer, wireEntry } from '../runner/lines.ts';
import type { WireEntry } from '../schemas/generated/types.ts';

const form = lineFormer((text) => text);

const entries = (text: string): WireEntry[] => [
  { n: 1, t: 2, session: 'a"b,"message":', kind: 'send', text },
  { n: 1, t: 2, session: 's', kind: 'receive', text },
];

describe('a line of the wire log', () => {
  const texts = [
    '{"jsonrpc":"2.0","id":1,"result":{}}',
    ' { "id" : 1.0 , "id":1e2,"x":1e999, "big": 18446744073709551615 } ',
    '{"jsonrpc":"2.0","id":1,"method":"system.ping"',
    '{"message":1,"text":2}',
    'hello',
    '',
    '\u0000\u2028"\\',
    '-0',
    '[1,2]',
    '"ä😀"',
  ];
  for (const text of texts) {
    it(`gives back ${JSON.stringify(text)}`, () => {
      for (const entry of entries(text)) {
        const line = form(entry);
        expect(line).to.not.include('\n');
        expect(wireEntry(line)).to.deep.equal(entry);
      }
    });
  }

  it('shows a message as JSON, answers before it', () => {
    const text = '{"id":1,"result":{}}';
    const line = form({ n: 3, t: 4, session: 's', kind: 'receive', text, answers: 2 });
    expect(JSON.parse(line)).to.deep.equal({
      n: 3,
      t: 4,
      session: 's',
      kind: 'receive',
      answers: 2,
      message: { id: 1, result: {} },
    });
    expect(wireEntry(line)).to.include({ text, answers: 2 });
  });

  it('stays a line where a secret stands for a number or a name', () => {
    const redacted = lineFormer(redactor({ PIN: '4711', NAME: 'result' }));
    const line = redacted({
      n: 1,
      t: 2,
      session: 's',
      kind: 'receive',
      text: '{"id":4711,"result":{}}',
      answers: 1,
    });
    expect(line).to.not.include('4711');
    expect(wireEntry(line)).to.include({ text: '{"id":[redacted PIN],"[redacted NAME]":{}}' });
  });

  it('that is none is none', () => {
    for (const line of [
      '',
      '{',
      '1',
      'null',
      '{"n":1}',
      '{"n":1,"t":2,"session":"s","kind":"other"}',
    ]) {
      expect(wireEntry(line)).to.equal(undefined);
    }
  });
});
