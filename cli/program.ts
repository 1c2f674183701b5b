// The commands as the command line names them: reads the arguments, and loads the one command that was
// asked for.
import { Command, CommanderError, Option } from 'commander';
import { FolderError } from '../runner/folder-error.ts';
import { UsageError } from './usage-error.ts';
import { suiteIdentity } from './version.ts';

const collect = (value: string, held: readonly string[]): string[] => [...held, value];

/** Options of the design that are still to come: refused by name, so that nobody believes they worked. */
const LATER = ['--url <url>'];

const command = async (): Promise<number> => {
  const program = new Command('causeway')
    .description('conformance suite for SNIS')
    .version(suiteIdentity().version)
    .exitOverride()
    .showSuggestionAfterError();
  let exit = 0;

  const run = program
    .command('run')
    .description('probe, judge, report; without a target, every implementation found here')
    .argument('[targets...]', 'adapter:implementation, an adapter, or a target file')
    .option('--out <dir>', 'a new folder for the result (default: causeway-results/TIME)')
    .option('--profile <id@level>', 'what to judge against (default: DRV-MEMORY@1)')
    .option('--only <glob>', 'only cases whose id matches; may be repeated', collect, [])
    .option('--seed <text>', 'the source of all randomness (default: drawn)')
    .option('--nonce <nonce>', 'what a certifier gave out for this run, as its seed')
    .option('--timeout <seconds>', 'from a request to its reply (default: 10)')
    .option('--budget <seconds>', 'for the cases of each target, the most important first')
    .option('--jobs <n>', 'targets at a time (default: 1); what measures time runs alone')
    .option('--shard <i/n>', 'one of n shards, all with one --seed; causeway merge joins them')
    .option('--resume <dir>', 'go on with a run that was killed or interrupted')
    .option('--command <line>', 'judge the endpoint that this shell command line starts')
    .option('--formats <names>', 'reports to write, of junit,ctrf,markdown,html,badge,sarif,earl')
    .option('--json', 'print the records instead of the summary');
  for (const flags of LATER) run.addOption(new Option(flags).hideHelp());
  run.action(async (targets: string[], options) => {
    for (const flags of LATER) {
      const [name = ''] = flags.split(' ');
      if (options[name.slice(2)] !== undefined) {
        throw new UsageError(`${name} is part of the design and not there yet`);
      }
    }
    exit = await (await import('./run.ts')).runCommand(targets, options);
  });

  program
    .command('merge')
    .description('the shards of a run as one run, judged anew (see docs/ci.md)')
    .argument('<dirs...>', 'the folders of all shards')
    .requiredOption('--out <dir>', 'a new folder for the run')
    .option('--formats <names>', 'reports to write, of junit,ctrf,markdown,html,badge,sarif,earl')
    .option('--json', 'print the record instead of the summary')
    .action(async (folders: string[], options) => {
      exit = (await import('./merge.ts')).mergeCommand(folders, options);
    });

  program
    .command('init')
    .description('a new adapter, which can be judged as it stands (see docs/vendors.md)')
    .argument('<dir>', 'a new folder')
    .requiredOption('--language <name>', 'typescript or python')
    .action(async (folder: string, options) => {
      exit = (await import('./init.ts')).initCommand(folder, options);
    });

  program
    .command('doctor')
    .description(
      'is the adapter sound; exit 0 sound, 1 adapter wrong, 4 product wrong, 3 not started',
    )
    .argument('[target]', 'adapter:implementation, or a target file')
    .option('--command <line>', 'the endpoint that this shell command line starts')
    .option('--timeout <seconds>', 'from a request to its reply (default: 1)')
    .option('--out <dir>', 'a new folder for the evidence')
    .option('--json', 'for programs')
    .action(async (target: string | undefined, options) => {
      exit = await (await import('./doctor.ts')).doctorCommand(target, options);
    });

  program
    .command('replay')
    .description('run the cases again against the log of a run; exit 0 same, 1 different, 5 parted')
    .argument('<dir>', 'the folder of a run')
    .option('--unverified', 'although the files are not what the record was made from')
    .option('--json', 'for programs')
    .action(async (folder: string, options) => {
      exit = await (await import('./replay.ts')).replayCommand(folder, options);
    });

  program
    .command('report')
    .description('the reports of a run, made anew from its record')
    .argument('<dir>', 'the folder of a run')
    .option('--formats <names>', 'of junit,ctrf,markdown,html,badge,sarif,earl')
    .option('--out <dir>', 'where they go (default: into the folder, unless it is signed)')
    .option('--history <runs...>', 'other runs of the product, to be shown in the page; with --out')
    .action(async (folder: string, options) => {
      exit = (await import('./report.ts')).reportCommand(folder, options);
    });

  program
    .command('site')
    .description('pages for a static server: products, their comparison, and the standard')
    .argument('<dirs...>', 'the folders of runs, or of several subjects')
    .requiredOption('--out <dir>', 'a new folder for the pages')
    .option('--key <pem>', 'a vendor’s public key that you trust; may be repeated', collect, [])
    .option('--certifier <pem>', 'likewise a certifier’s', collect, [])
    .action(async (folders: string[], options) => {
      exit = await (await import('./site.ts')).siteCommand(folders, options);
    });

  program
    .command('key')
    .description('a new pair of keys: FILE to sign with, FILE.pub for who trusts it')
    .argument('<file>', 'a new file')
    .option('--algorithm <name>', 'p256, which every tool reads, or ed25519', 'p256')
    .action(async (file: string, options) => {
      exit = (await import('./key.ts')).keyCommand(file, options.algorithm);
    });

  program
    .command('sign')
    .description('the vendor’s claim over a run, in its bundle/ (see docs/auditors.md)')
    .argument('<dir>', 'the folder of a run')
    .requiredOption('--key <file>', 'a private key in PEM, env://NAME, or a token’s as pkcs11:...')
    .action(async (folder: string, options) => {
      exit = (await import('./sign.ts')).signCommand(folder, options);
    });

  program
    .command('nonce')
    .description('what a certifier gives out for one run: causeway run TARGET --nonce NONCE')
    .action(async () => {
      exit = (await import('./nonce.ts')).nonceCommand();
    });

  program
    .command('certify')
    .description('a body’s certificate over a vendor’s claim; refused where any check is')
    .argument('<dir>', 'the folder of a signed run')
    .requiredOption('--key <file>', 'the body’s private key in PEM, env://NAME, or pkcs11:...')
    .requiredOption('--vendor <pem>', 'the public key of the vendor whose claim it is')
    .requiredOption('--nonce <nonce>', 'what the body gave out for this run')
    .requiredOption('--body <uri>', 'who certifies')
    .action(async (folder: string, options) => {
      exit = await (await import('./certify.ts')).certifyCommand(folder, options);
    });

  program
    .command('verify')
    .description(
      'does signed evidence hold; exit 0 every check, 1 one is broken, 4 one is not decided',
    )
    .argument('<dir>', 'the folder of a signed run')
    .option('--key <pem>', 'a vendor’s public key that you trust; may be repeated', collect, [])
    .option('--certifier <pem>', 'likewise a certifier’s', collect, [])
    .option('--nonce <nonce>', 'what you gave out for this run')
    .option('--json', 'for programs')
    .action(async (folder: string, options) => {
      exit = await (await import('./verify.ts')).verifyCommand(folder, options);
    });

  program
    .command('audit')
    .description(
      'a random sample of a claim’s cases, live; exit 0 agrees, 1 contradicts, 4 not decided',
    )
    .argument('<dir>', 'the folder of a run')
    .argument('[target]', 'adapter:implementation, or a target file')
    .option('--command <line>', 'the endpoint that this shell command line starts')
    .option('--cases <n>', 'how many to draw (default: what finds one lie in ten with 95 %)')
    .option('--out <dir>', 'a new folder for the audit’s own evidence')
    .option('--json', 'for programs')
    .action(async (folder: string, target: string | undefined, options) => {
      exit = await (await import('./audit.ts')).auditCommand(folder, target, options);
    });

  program
    .command('gate')
    .description('whether a release may go out; exit 0 nothing worse, 1 worse, 5 proves nothing')
    .argument('<dir>', 'the folder of a run')
    .option(
      '--baseline <run>',
      'the folder of a run, or a record.json; without: conformance itself',
    )
    .option('--waivers <file>', 'what is let through, by whom, until when (see docs/ci.md)')
    .option('--markdown <file>', 'write it as a comment for a pull request, too')
    .option('--json', 'for programs')
    .action(async (folder: string, options) => {
      exit = (await import('./gate.ts')).gateCommand(folder, options);
    });

  program
    .command('diff')
    .description('two runs side by side; exit 0 same verdicts, 1 different, 5 proves nothing')
    .argument('<before>', 'the folder of a run, or a record.json')
    .argument('<after>', 'likewise')
    .option('--json', 'for programs')
    .action(async (before: string, after: string, options) => {
      exit = (await import('./diff.ts')).diffCommand(before, after, options.json === true);
    });

  program
    .command('selftest')
    .description('run every mutant against the cases of its requirement: the kill matrix')
    .option('--seeds <n>', 'seeds with which the conformant endpoint must pass', '3')
    .option('--target <target>', 'the conformant endpoint (default: the embedded reference)')
    .option('--only <glob>', 'only mutants of requirements whose cases match', collect, [])
    .option('--collateral', 'run all cases for each mutant, and show which other rows were blamed')
    .option('--json', 'for programs')
    .action(async (options) => {
      exit = await (await import('./selftest.ts')).selftestCommand(options);
    });

  program
    .command('spec')
    .description('the standard; with an id, that row with its cases and mutants')
    .argument('[id]', 'a requirement: DRV-MEM-001')
    .option('--vectors', 'how many vectors each schema gives, by method and keyword')
    .option('--json', 'for programs')
    .action(async (id: string | undefined, options) => {
      const { specCommand, vectorsCommand } = await import('./spec.ts');
      const json = options.json === true;
      exit = options.vectors === true ? vectorsCommand(json) : specCommand(id, json);
    });

  program
    .command('adapters')
    .description('what Causeway can speak to, and what of it is here')
    .option('--json', 'for programs')
    .action(async (options) => {
      exit = await (await import('./adapters.ts')).adaptersCommand(options.json === true);
    });

  await program.parseAsync();
  return exit;
};

/** Runs the command that the process was given, and says its exit code. */
export const runProgram = async (): Promise<number> => {
  try {
    return await command();
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (error instanceof UsageError || error instanceof FolderError) {
      process.stderr.write(`causeway: ${error.message}\n`);
      return 2;
    }
    process.stderr.write(`causeway: ${error instanceof Error ? error.stack : String(error)}\n`);
    return 5;
  }
};
