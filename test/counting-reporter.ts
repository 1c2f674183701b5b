// Prints what failed, and as the last line how many passed and failed: what CI reads.
import Mocha from 'mocha';

/** How many of the slowest tests are named at the end. */
const SLOWEST = 10;

export default class CountingReporter extends Mocha.reporters.Base {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    // The tests take minutes: what is under way is shown.
    runner.on('suite', (suite) => {
      if (!suite.root) process.stdout.write(`  ${suite.fullTitle()}\n`);
    });
    runner.on('fail', (test) => {
      process.stdout.write(`FAILED ${test.fullTitle()}\n`);
    });
    const times: { title: string; seconds: number }[] = [];
    runner.on('pass', (test) => {
      times.push({ title: test.fullTitle(), seconds: (test.duration ?? 0) / 1000 });
    });
    runner.once('end', () => {
      if (this.failures.length > 0) this.epilogue();
      const slowest = times.toSorted((one, other) => other.seconds - one.seconds).slice(0, SLOWEST);
      for (const { title, seconds } of slowest) {
        process.stdout.write(`took ${seconds.toFixed(0)} s: ${title}\n`);
      }
      process.stdout.write(
        `${this.stats.pending} left out because what they need is not here\n${this.stats.passes} passed, ${this.stats.failures} failed\n`,
      );
    });
  }
}
