// Starts a bundled program with the code that V8 made of it when it was bundled: `start.cjs PROGRAM.cjs ARGUMENT...`. A run
// starts a hundred endpoints, and half of such a start was V8 reading the program's text. The program may require, and not
// import: node has no way from kept code to its loader.
const { readFileSync, statSync, writeFileSync } = process.getBuiltinModule('node:fs');
const { createRequire } = process.getBuiltinModule('node:module');
const { resolve } = process.getBuiltinModule('node:path');
const { Script } = process.getBuiltinModule('node:vm');

/** The code that was kept; without it, or where it is of another text, the text is compiled. V8 refuses that of another version. */
const codeOf = (program: string, kept: string): Buffer | undefined => {
  try {
    return statSync(kept).mtimeMs < statSync(program).mtimeMs ? undefined : readFileSync(kept);
  } catch {
    return undefined;
  }
};

// The program finds its arguments where it would if it had been started itself.
process.argv.splice(1, 1);
const program = resolve(process.argv[1] ?? '');
const kept = `${program}.code`;
const cachedData = codeOf(program, kept);
const script = new Script(`(function (require, __filename) {${readFileSync(program, 'utf8')}\n})`, {
  filename: program,
  ...(cachedData && { cachedData }),
});
// As scripts/bundle.mjs asks for, when the program has done what every start does.
if (process.env['CAUSEWAY_KEEP_CODE'] !== undefined)
  process.on('exit', () => writeFileSync(kept, script.createCachedData()));
script.runInThisContext()(createRequire(program), program);
