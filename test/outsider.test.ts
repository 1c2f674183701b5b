// The standard can be implemented from its text: an endpoint in another language, written from spec/
// alone by somebody who had read nothing else, is conformant.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect } from 'chai';
import { causeway, ROOT, temporaryFolder } from './support.ts';

describe('an endpoint written from the text alone', () => {
  it('is conformant', function () {
    if (
      spawnSync('python3', ['-c', 'import sys; sys.exit(sys.version_info < (3, 9))']).status !== 0
    ) {
      this.skip();
    }
    const command = `python3 '${join(ROOT, 'test', 'outsider', 'endpoint.py')}'`;
    const out = join(temporaryFolder(), 'run');
    const { status, stdout } = causeway(['run', '--command', command, '--out', out]);
    expect(stdout).to.match(/DRV-MEMORY@1: conformant/);
    expect(status).to.equal(0);
  });
});
