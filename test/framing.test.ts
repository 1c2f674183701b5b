// Lines out of any chunks, and never more held than one of them.
import { expect } from 'chai';
import { LineSplitter, readMessage } from '../core/framing.ts';
import { Random } from '../core/random.ts';

const split = (chunks: readonly Buffer[], longest: number) => {
  const lines: string[] = [];
  const overlong: string[] = [];
  const splitter = new LineSplitter(
    { line: (text) => lines.push(text), overlong: (text) => overlong.push(text) },
    longest,
  );
  for (const chunk of chunks) splitter.push(chunk);
  return { lines, overlong };
};

describe('framing', () => {
  it('gives the same lines however the stream is cut', () => {
    const random = new Random('test', 'framing');
    const expected = ['', 'a', 'ä€😀', 'x'.repeat(99), '{"a":1}', ''];
    const stream = Buffer.from(expected.map((line) => `${line}\n`).join(''));
    for (let round = 0; round < 200; round += 1) {
      const chunks: Buffer[] = [];
      for (let at = 0; at < stream.length; ) {
        const size = random.integer(1, 20);
        chunks.push(stream.subarray(at, at + size));
        at += size;
      }
      expect(split(chunks, 100).lines).to.deep.equal(expected);
    }
  });

  it('takes a carriage return for a part of the line’s end', () => {
    expect(split([Buffer.from('a\r\nb\n')], 10).lines).to.deep.equal(['a', 'b']);
  });

  it('reads a message as deep as one may be, and no deeper, and is not misled by strings', () => {
    const nested = (depth: number): string =>
      `${'[{"a":'.repeat(depth / 2)}1${'}]'.repeat(depth / 2)}`;
    expect(readMessage(nested(64))?.value).to.deep.equal(JSON.parse(nested(64)));
    expect(readMessage(nested(66))).to.equal(undefined);
    expect(readMessage('['.repeat(1_000_000))).to.equal(undefined);
    const strings = JSON.stringify(['\\"[[', '{'.repeat(200), ...Array<string>(70).fill('"[')]);
    expect(readMessage(strings)?.value).to.deep.equal(JSON.parse(strings));
    const wide = JSON.stringify(Array<number[]>(100).fill([1]));
    expect(readMessage(wide)?.value).to.deep.equal(JSON.parse(wide));
    expect(readMessage('{')).to.equal(undefined);
  });

  it('admits the longest line, reports a longer one once, and nothing after it', () => {
    expect(split([Buffer.from('1234567890\n')], 10)).to.deep.equal({
      lines: ['1234567890'],
      overlong: [],
    });
    const chunks = [Buffer.from('a\n123456'), Buffer.from('78901'), Buffer.from('2\nb\n')];
    expect(split(chunks, 10)).to.deep.equal({ lines: ['a'], overlong: ['12345678901'] });
  });

  it('does not report a line without its end', () => {
    expect(split([Buffer.from('a\nb')], 10).lines).to.deep.equal(['a']);
  });
});
