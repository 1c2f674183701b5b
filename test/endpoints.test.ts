// Endpoints that misbehave: each case still ends with the right verdict, nothing hangs, and no process
// is left behind.
import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import type { AnyCase, Context } from '../core/case.ts';
import type { Launch } from '../core/endpoint.ts';
import { readJournal, readWire } from '../runner/folder.ts';
import type { Deadlines, Result } from '../schemas/generated/types.ts';
import { framing } from '../suites/system/framing.ts';
import { fixture, launchOf, PATIENT, ROOT, runInto, SHORT, temporaryFolder } from './support.ts';
import { fanOut, givenPing, ping, polling } from './traffic.ts';

const outcome = (result: Result | undefined): string =>
  [result?.verdict, result?.reason].filter(Boolean).join(': ');

const outcomes = async (
  launch: Launch,
  cases: readonly AnyCase[],
  deadlines: Deadlines = PATIENT,
): Promise<Record<string, string>> => {
  const results = await runInto(join(temporaryFolder(), 'run'), launch, cases, deadlines);
  return Object.fromEntries([...results].map(([id, result]) => [id, outcome(result)]));
};

/** Processes whose command line names a fixture. */
const alive = (name: string): string[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .filter((entry) => {
      try {
        return readFileSync(`/proc/${entry}/cmdline`, 'utf8').includes(fixture(name));
      } catch {
        return false;
      }
    });

describe('an endpoint that', () => {
  it('answers its own request after the deadline, and alone within five of them, is slow', async () => {
    expect(await outcomes(launchOf('answers-late'), [ping, givenPing], SHORT)).to.deep.equal({
      'SYS-FRM-001/ping': 'inconclusive: slow',
      'SYS-FRM-001/given-ping': 'inconclusive: setup',
    });
  });

  it('takes its time to end, in a case that has to wait for it, is slow, and no fault of the suite', async () => {
    const ends = {
      ...ping,
      kind: 'cold',
      run: async (context: Context) => {
        for (let count = 0; count < 2; count += 1) {
          const session = await context.open('ready');
          await session.close();
        }
        await ping.run(await context.open('ready'));
      },
    } as const;
    const deadlines = { ...PATIENT, case: 1000 };
    expect(await outcomes(launchOf('slow-to-end'), [ends], deadlines)).to.deep.equal({
      'SYS-FRM-001/ping': 'inconclusive: slow',
    });
  });

  it('never answers fails its own request as hung, and is inconclusive where it was given', async () => {
    const results = await outcomes(launchOf('never-answers-pings'), [ping, givenPing], SHORT);
    expect(results).to.deep.equal({
      'SYS-FRM-001/ping': 'fail: hung',
      'SYS-FRM-001/given-ping': 'inconclusive: setup',
    });
  });

  it('never answers is not asked to end first, and is waited for a tenth of the time once that is sure', async () => {
    const folder = join(temporaryFolder(), 'run');
    const results = await runInto(
      folder,
      launchOf('never-answers-pings'),
      [ping, givenPing],
      SHORT,
    );
    expect(results.get('SYS-FRM-001/given-ping')?.message).to.match(/within 15 ms$/);
    const ended = [...readWire(folder)].filter(({ kind }) => kind === 'close' || kind === 'kill');
    expect(ended.map(({ kind }) => kind)).to.deep.equal(['close', 'kill', 'kill', 'kill']);
  });

  it('dies on a case’s request fails that case alone', async () => {
    const results = await outcomes(launchOf('dies-in-the-middle'), [fanOut, ping]);
    expect(results).to.deep.equal({
      'SYS-FRM-001/fan-out': 'fail: died',
      'SYS-FRM-001/ping': 'pass',
    });
  });

  it('dies while nobody asks is found by running the last two cases again, alone', async () => {
    const folder = join(temporaryFolder(), 'run');
    const threePings = { ...polling, id: 'SYS-FRM-001/three', run: async () => {} } as const;
    const patient = {
      ...threePings,
      run: async (context: Parameters<typeof polling.run>[0]) => {
        for (let count = 0; count < 3; count += 1) await context.given('system.ping', {});
        context.expectation('SYS-FRM-001/polled', { expected: 3, observed: 3 }, () => {});
        // It dies while this waits for nothing of the endpoint's.
        await new Promise((resolve) => setTimeout(resolve, 200));
      },
    };
    const results = await runInto(folder, launchOf('dies-when-idle'), [patient, ping]);
    expect(outcome(results.get('SYS-FRM-001/three'))).to.equal('fail: died');
    expect(outcome(results.get('SYS-FRM-001/ping'))).to.equal('pass');
    const attempts = [...readJournal(folder)].filter((event) => event.event === 'case-started');
    expect(attempts.filter((event) => event.alone)).to.not.have.lengthOf(0);
  });

  it('prints between its answers still gets its cases judged, and fails framing', async () => {
    const results = await outcomes(launchOf('prints-between'), [ping, ...framing]);
    expect(results['SYS-FRM-001/ping']).to.equal('pass');
    expect(results['SYS-FRM-001/lines']).to.equal('fail: broken');
    expect(results['SYS-FRM-002/results']).to.equal('pass');
  });

  it('sends a line without end is cut at 1 MiB and fails', async () => {
    const results = await outcomes(launchOf('endless-line'), [ping, ...framing]);
    expect(results['SYS-FRM-001/ping']).to.equal('fail: died');
    expect(results['SYS-FRM-001/lines']).to.equal('fail: broken');
  });

  for (const name of ['silent', 'says-only-yes']) {
    it(`gives no valid line is not started: ${name}`, async () => {
      const deadlines = { ...SHORT, start: 700 };
      expect(await outcomes(launchOf(name), [ping, ...framing], deadlines)).to.deep.equal({
        'SYS-FRM-001/ping': 'not-run: not-started',
        'SYS-FRM-001/lines': name === 'silent' ? 'not-run: not-started' : 'fail: broken',
        'SYS-FRM-002/results': 'not-run: not-started',
      });
    });
  }

  it('is not there is not started, with the reason', async () => {
    const folder = join(temporaryFolder(), 'run');
    const results = await runInto(folder, { command: ['/no/such/program'] }, [ping]);
    expect(outcome(results.get('SYS-FRM-001/ping'))).to.equal('not-run: not-started');
    expect(results.get('SYS-FRM-001/ping')?.message).to.not.equal('');
  });

  it('ignores TERM and leaves a child with its stdout is ended with all its processes', async () => {
    const deadlines = { ...SHORT, stop: 200 };
    const results = await outcomes(launchOf('ignores-term'), [ping], deadlines);
    expect(results['SYS-FRM-001/ping']).to.equal('fail: hung');
    expect(alive('ignores-term')).to.deep.equal([]);
  });

  it('does not outlive a runner that was killed', async function () {
    try {
      execFileSync('sh', ['-c', 'command -v setpriv']);
    } catch {
      this.skip();
    }
    const folder = temporaryFolder();
    const script = join(folder, 'runner.mjs');
    const process_ = `file://${ROOT}/dist/runner/process.js`;
    writeFileSync(
      script,
      `import { processEndpoints } from '${process_}';
       const start = processEndpoints({ command: ['sleep', '86399.75'] }, '${folder}', 1000);
       console.log(start('s', { line() {}, overlong() {}, end() {} }).pid);`,
    );
    const runner = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const pid = await new Promise<number>((resolve) => {
      runner.stdout.once('data', (chunk: Buffer) => resolve(Number(chunk.toString())));
    });
    const gone = new Promise((resolve) => runner.once('exit', resolve));
    runner.kill('SIGKILL');
    await gone;
    const stillThere = (): boolean => {
      try {
        return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
      } catch {
        return false;
      }
    };
    for (let turn = 0; stillThere() && turn < 100; turn += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect(stillThere()).to.equal(false);
  });
});

describe('a secret', () => {
  it('is in nothing that is written, however the endpoint tells it', async () => {
    const folder = join(temporaryFolder(), 'run');
    const secret = 'pa"ss\\wo/rd-ünd-mehr';
    const launch = {
      ...launchOf('tells-its-secret'),
      environment: { TOKEN: secret },
      secrets: { TOKEN: secret },
    };
    await runInto(folder, launch, [ping]);
    for (const file of ['plan.json', 'journal.jsonl', join('wire', '0001.jsonl')]) {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).to.not.include('wo/rd-ünd-mehr');
      if (file.startsWith('wire')) expect(text).to.include('[redacted TOKEN]');
    }
  });
});
