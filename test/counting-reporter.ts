// Prints what failed, and as the last line how many passed and failed: what CI reads.
import Mocha from 'mocha';

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
    runner.once('end', () => {
      if (this.failures.length > 0) this.epilogue();
      process.stdout.write(
        `${this.stats.pending} left out because what they need is not here\n${this.stats.passes} passed, ${this.stats.failures} failed\n`,
      );
    });
  }
}
