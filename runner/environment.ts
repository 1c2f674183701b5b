// Where a run takes place, and what exactly was started: read by the runner, never declared.
import { readFileSync, statSync } from 'node:fs';
import { arch, cpus, platform, release, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Launch } from '../core/endpoint.ts';
import type { Environment, StartedFile } from '../schemas/generated/types.ts';
import { digestsInTurn } from './digest.ts';
import type { Probed } from './subject.ts';

/** This machine, as the record names it. */
export const environment = (): Environment => ({
  platform: platform(),
  release: release(),
  architecture: arch(),
  processor: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryBytes: String(totalmem()),
  node: process.version,
});

const isFile = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;

/** Files that a process has mapped as code or data of its own: its program and its libraries. */
const mapped = (pid: number | undefined): string[] => {
  if (pid === undefined || platform() !== 'linux') return [];
  try {
    return readFileSync(`/proc/${pid}/maps`, 'utf8')
      .split('\n')
      .map((line) => line.slice(line.indexOf('/')))
      .filter((path) => path.startsWith('/') && !path.endsWith(' (deleted)'));
  } catch {
    return [];
  }
};

/**
 * What was started, with digests: the files that the command names and those that its process mapped.
 * The first are read from now on, while the endpoint starts.
 */
export const startedFiles = (
  launch: Launch,
): ((pid: number | undefined) => Promise<StartedFile[]>) => {
  const digests = new Map<string, Promise<string>>();
  const inTurn = digestsInTurn();
  const digest = (path: string): Promise<string> => {
    const known = digests.get(path) ?? inTurn(path);
    digests.set(path, known);
    return known;
  };
  const named = launch.command
    .map((part) => resolve(launch.workingDirectory ?? '.', part))
    .filter(isFile);
  // What cannot be read is said where it is asked for.
  for (const path of named) digest(path).catch(() => {});
  return (pid) => {
    const paths = [...new Set([...named, ...mapped(pid).filter(isFile)])].sort();
    return Promise.all(paths.map(async (path) => ({ path, sha256: await digest(path) })));
  };
};

/** Whether the same endpoint answers as before: a run's verdicts are about one. */
export const isSame = (before: Probed, now: Probed): boolean => {
  const digests = new Map(before.files.map(({ path, sha256 }) => [path, sha256]));
  const whose = ({ identity }: Probed) => [identity?.product, identity?.adapter];
  return (
    now.files.every(({ path, sha256 }) => (digests.get(path) ?? sha256) === sha256) &&
    isDeepStrictEqual(whose(before), whose(now))
  );
};
