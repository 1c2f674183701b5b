// What doctor found, for people: the verdict first, a line a check, and for a broken one what was seen,
// what was expected, and what to change.
import type { CheckId, Finding, Side } from '../suites/doctor/check.ts';
import type { DoctorOutcome } from '../suites/doctor/diagnose.ts';
import type { styleFor } from './style.ts';

/** A check with what it found, flat. */
export type CheckReport = { id: CheckId; side: Side; title: string } & Finding;

/** What `--json` prints. */
export interface DoctorReport {
  readonly format: 'causeway-doctor/1';
  readonly target: string;
  readonly product?: { vendor: string; name: string; version: string };
  readonly adapter?: { name: string; version: string };
  readonly outcome: DoctorOutcome;
  readonly exitCode: number;
  readonly seconds: number;
  readonly checks: readonly CheckReport[];
}

/** 0 sound, 1 the adapter is wrong, 3 not started, 4 the product is wrong, 5 it could not be told. */
export const exitOf = (outcome: DoctorOutcome): number => {
  switch (outcome) {
    case 'sound':
      return 0;
    case 'adapter':
      return 1;
    case 'not-started':
      return 3;
    case 'product':
      return 4;
    case 'undecided':
      return 5;
    default:
      return outcome satisfies never;
  }
};

type Style = ReturnType<typeof styleFor>;

const verdict = ({ outcome, checks }: DoctorReport, style: Style): string => {
  const broken = checks.filter(({ state }) => state === 'broken');
  const names = (side: Side): string =>
    broken
      .filter((one) => one.side === side)
      .map(({ id }) => id)
      .join(', ');
  switch (outcome) {
    case 'sound':
      return style.green('the adapter is sound');
    case 'adapter':
      return style.red(`the adapter is wrong: ${names('adapter')}`);
    case 'not-started':
      return style.red('it does not start');
    case 'product':
      return `${style.green('the adapter is sound')}, ${style.red(`the product is wrong: ${names('product')}`)}`;
    case 'undecided':
      return style.yellow('it cannot be told: not everything was asked in time');
    default:
      return outcome satisfies never;
  }
};

const WIDTH = Math.max(...['left-behind', 'capabilities'].map((id) => id.length)) + 2;

const checkLines = (check: CheckReport, style: Style): string[] => {
  const line = (mark: string, text: string): string => `  ${mark} ${check.id.padEnd(WIDTH)}${text}`;
  switch (check.state) {
    case 'sound':
      return [line(style.green('✓'), `${check.title} ${style.dim(`(${check.seen})`)}`)];
    case 'broken':
      return [
        line(style.red('✗'), style.bold(check.title)),
        `      seen      ${check.seen}`,
        `      expected  ${check.expected}`,
        `      change    ${check.change}`,
      ];
    case 'undecided':
      return [line(style.yellow('?'), `${check.title} ${style.yellow(`(${check.seen})`)}`)];
    case 'not-tried':
      return [line(style.dim('-'), style.dim(`not tried: ${check.seen}`))];
    default:
      return check satisfies never;
  }
};

/** The report as a terminal shows it. */
export const doctorText = (report: DoctorReport, style: Style): string => {
  const { adapter, product } = report;
  const who = [
    ...(adapter ? [`${adapter.name} ${adapter.version}`] : []),
    ...(product ? [`for ${product.vendor} ${product.name} ${product.version}`] : []),
  ].join(' ');
  const side = (name: Side): string[] => [
    '',
    style.bold(name),
    ...report.checks.filter((one) => one.side === name).flatMap((one) => checkLines(one, style)),
  ];
  return [
    `${style.bold(report.target)}: ${verdict(report, style)}`,
    style.dim([who, `${report.seconds} s`].filter((part) => part !== '').join(', ')),
    ...side('adapter'),
    ...side('product'),
  ].join('\n');
};
