// The secrets of a target file are in no file of a run, in no form, and the run is evidence all the same: it
// can be signed, and every verdict of it recomputed.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { signFolder } from '../cli/sign.ts';
import { namesIn } from '../runner/bundle-folder.ts';
import { redactor } from '../runner/evidence.ts';
import { departures, VENDOR } from './evidence-support.ts';
import { carriedBy } from './record-support.ts';
import { causeway, fixture, temporaryFolder } from './support.ts';

const SECRETS = ['s3cret-token-äöü', 'pass word/with+signs=&?', 'abcdefgh', '0123456789abcdef"\\'];

/** All that a text could give a secret away by, within other bytes too. */
const disguises = (secret: string): string[] => {
  const url = encodeURIComponent(secret);
  return [
    secret,
    JSON.stringify(secret).slice(1, -1),
    url,
    url.replaceAll(/%[0-9A-F]{2}/g, (byte) => byte.toLowerCase()),
    new URLSearchParams({ x: secret }).toString().slice(2),
  ];
};

/** Whether a text holds the secret in base64, wherever it begins: all that looks like base64 is decoded. */
const isInBase64 = (text: string, secret: string): boolean =>
  (text.match(/[A-Za-z0-9+/_-]{4,}/g) ?? []).some((word) =>
    [0, 1, 2, 3].some((from) => Buffer.from(word.slice(from), 'base64').includes(secret)),
  );

/** A file's text, with what it has packed: the report carries its cases so. */
const readable = (text: string): string =>
  text + JSON.stringify([carriedBy(text, 'index'), carriedBy(text, 'views')]);

describe('a secret', () => {
  for (const secret of SECRETS) {
    it(`is in no file of a run, which verifies: ${secret}`, async () => {
      const root = temporaryFolder();
      const file = join(root, 'disguised.yaml');
      const command = [process.execPath, fixture('tells-its-secret-in-disguise')];
      writeFileSync(
        file,
        `binding: snis\ncommand: ${JSON.stringify(command)}\nsecrets: [TOKEN]\nenvironment: {}\n`,
      );
      const folder = join(root, 'run');
      const { status, stderr } = causeway(
        [
          ...['run', file, '--out', folder, '--only', 'SYS-NEG-001', '--only', 'SYS-FRM-002'],
          ...['--formats', 'junit,ctrf,markdown,html,badge,sarif,earl'],
        ],
        { TOKEN: secret },
      );
      expect(status, stderr).to.be.oneOf([1, 4]);
      signFolder(folder, VENDOR, new Date());
      expect(await departures(folder)).to.deep.equal([]);
      expect(readFileSync(join(folder, 'wire', '0001.jsonl'), 'utf8')).to.include(
        '[redacted TOKEN]',
      );
      for (const name of namesIn(folder)) {
        const text = readable(readFileSync(join(folder, name), 'utf8'));
        for (const disguise of disguises(secret)) expect(text, name).to.not.include(disguise);
        expect(isInBase64(text, secret), `${name} in base64`).to.equal(false);
      }
    });
  }

  it('of a few characters is not found by chance in data', () => {
    const redact = redactor({ SHORT: 'abcd' });
    const data = Buffer.from('xabc, abcx, bcda').toString('base64');
    expect(redact(data)).to.equal(data);
    expect(redact('my abcd')).to.equal('my [redacted SHORT]');
  });
});
