// `causeway verify`: whether signed evidence holds, and whether every verdict follows from it.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKS, exitOf, type Finding } from '../evidence/finding.ts';
import { FolderError } from '../runner/folder-error.ts';
import { trustedKey } from './key-files.ts';
import { styleFor } from './style.ts';
import { verifyFolder } from './verification/verify.ts';

const style = styleFor(process.stdout);

export interface VerifyCommand {
  readonly key: readonly string[];
  readonly certifier: readonly string[];
  readonly nonce?: string;
  readonly json?: boolean;
}

const WIDTH = Math.max(...Object.keys(CHECKS).map((id) => id.length)) + 2;

const linesOf = (finding: Finding): string[] => {
  const { title, means } = CHECKS[finding.check];
  const line = (mark: string, text: string): string =>
    `  ${mark} ${finding.check.padEnd(WIDTH)}${text}`;
  const sides = (expected: string): string[] => [
    `      expected  ${expected}`,
    `      found     ${finding.found}`,
  ];
  switch (finding.state) {
    case 'held':
      return [line(style.green('✓'), `${title} ${style.dim(`(${finding.found})`)}`)];
    case 'broken':
      return [
        line(style.red('✗'), style.bold(`not so: ${title}`)),
        ...sides(finding.expected),
        `      means     ${means}`,
      ];
    case 'undecided':
      return [line(style.yellow('?'), `not decided: ${title}`), ...sides(finding.expected)];
    case 'not-tried':
      return [line(style.dim('-'), style.dim(`not tried: ${finding.found}`))];
    default:
      return finding satisfies never;
  }
};

const verdictOf = (findings: readonly Finding[]): string => {
  const those = (state: Finding['state']): string =>
    findings.flatMap((one) => (one.state === state ? [one.check] : [])).join(', ');
  if (those('broken') !== '') return style.red(`refused: ${those('broken')}`);
  if (those('undecided') !== '') return style.yellow(`not decided: ${those('undecided')}`);
  return style.green('every check held');
};

const requireRun = (folder: string): void => {
  if (!existsSync(folder)) throw new FolderError(`${folder} is not there`);
  if (existsSync(join(folder, 'index.json'))) {
    throw new FolderError(`${folder} holds several subjects; name the folder of one`);
  }
  if (existsSync(join(folder, 'plan.json')) || existsSync(join(folder, 'bundle'))) return;
  throw new FolderError(`${folder} is no run’s folder: it has neither plan.json nor bundle/`);
};

/** 0 every check held, 1 one is broken, 4 something could not be decided. */
export const verifyCommand = async (folder: string, options: VerifyCommand): Promise<number> => {
  requireRun(folder);
  const findings = await verifyFolder(folder, {
    keys: options.key.map(trustedKey),
    certifiers: options.certifier.map(trustedKey),
    now: new Date(),
    ...(options.nonce !== undefined && { nonce: options.nonce }),
  });
  const exitCode = exitOf(findings);
  if (options.json) {
    const told = findings.map((one) => ({ ...one, ...CHECKS[one.check] }));
    const report = { format: 'causeway-verify/1', exitCode, findings: told };
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } else {
    const lines = [`${style.bold(folder)}: ${verdictOf(findings)}`, ...findings.flatMap(linesOf)];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
  return exitCode;
};
