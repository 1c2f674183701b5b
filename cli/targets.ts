// What a TARGET names: an adapter's implementation, all of an adapter's, a target file, or a command.
import { existsSync, statSync } from 'node:fs';
import { basename, dirname, extname, resolve } from 'node:path';
import { adapters } from '../adapters/index.ts';
import type { Adapter, Implementation, Launch } from '../core/endpoint.ts';
import type { Capabilities, TargetFile } from '../schemas/generated/types.ts';
import { nearest, UsageError } from './usage-error.ts';
import { type FileKind, readYamlFile } from './yaml-file.ts';

/** Something to judge. */
export interface Target {
  /** As the record names it. */
  readonly name: string;
  readonly launch: Launch;
  /** What it is judged by where the command says nothing. */
  readonly profile?: string;
  readonly callTimeoutSeconds?: number;
  readonly startTimeoutSeconds?: number;
  /** What its maker claims that it has. */
  readonly claims?: Capabilities;
}

const target = (adapter: Adapter, found: Implementation): Target => ({
  name: `${adapter.name}:${found.id}`,
  launch: found.launch,
  ...(adapter.profile !== undefined && { profile: adapter.profile }),
});

const SHORTEST_SECRET = 4;

const secretsOf = (names: readonly string[], path: string): Record<string, string> =>
  Object.fromEntries(
    names.map((name) => {
      const value = process.env[name];
      if (value === undefined) {
        throw new UsageError(
          `${path} keeps ${name} secret, and the environment has no ${name}; set it, or take it out of secrets`,
        );
      }
      if (value.length < SHORTEST_SECRET) {
        throw new UsageError(
          `${name} has less than ${SHORTEST_SECRET} characters: taking it out of logs would take out what is no secret`,
        );
      }
      return [name, value];
    }),
  );

const TARGET_FILE: FileKind = {
  name: 'TargetFile',
  schema: 'schemas/run/target.schema.json',
  called: 'target file',
};

/** Reads a target file; every fault names the place and what was expected there. */
export const readTargetFile = (path: string): Target => {
  const { value: file } = readYamlFile<TargetFile>(path, TARGET_FILE);
  const { callTimeoutSeconds, startTimeoutSeconds, claims } = file;
  return {
    name: file.name ?? basename(path, extname(path)),
    launch: {
      command: file.command,
      workingDirectory: resolve(dirname(path), file.workingDirectory ?? '.'),
      ...(file.environment && { environment: file.environment }),
      ...(file.replyDescriptor && { replyDescriptor: file.replyDescriptor }),
      ...(file.secrets && { secrets: secretsOf(file.secrets, path) }),
    },
    ...(callTimeoutSeconds !== undefined && { callTimeoutSeconds }),
    ...(startTimeoutSeconds !== undefined && { startTimeoutSeconds }),
    ...(claims && { claims }),
  };
};

const isFile = (path: string): boolean =>
  existsSync(path) && (statSync(path).isFile() || /\.ya?ml$/.test(path));

/** What one TARGET names; at least one. */
const resolveOne = async (text: string): Promise<Target[]> => {
  const [prefix = '', id] = text.split(':');
  const adapter = adapters.find((one) => one.name === prefix);
  if (!adapter) {
    if (isFile(text) || /\.ya?ml$/.test(text)) return [readTargetFile(text)];
    const known = adapters.map((one) => one.name);
    throw new UsageError(
      `unknown target ${text}: no adapter and no target file has this name.${nearest(prefix, known)} For what is here, type: causeway adapters`,
    );
  }
  const found = await adapter.find();
  if (found.length === 0) {
    throw new UsageError(`${adapter.name} is not present on this machine. ${adapter.install}`);
  }
  if (id === undefined) {
    return found.filter((one) => one.byDefault).map((one) => target(adapter, one));
  }
  const named = found.filter((one) => one.id === id);
  if (named.length === 0) {
    const known = found.map((one) => `${adapter.name}:${one.id}`);
    throw new UsageError(
      `${text} is not present on this machine; ${adapter.name} has ${known.join(', ')}.${nearest(text, known)} ${adapter.install}`,
    );
  }
  return named.map((one) => target(adapter, one));
};

/** What is present here and what is not, when no target was named. */
export const everything = async (): Promise<{ targets: Target[]; absent: Adapter[] }> => {
  const targets: Target[] = [];
  const absent: Adapter[] = [];
  for (const adapter of adapters) {
    const found = (await adapter.find()).filter((one) => one.byDefault);
    if (found.length === 0) absent.push(adapter);
    targets.push(...found.map((one) => target(adapter, one)));
  }
  return { targets, absent };
};

/** An endpoint that a shell command line starts. */
export const commandTarget = (line: string): Target => ({
  name: 'command',
  launch: { command: ['sh', '-c', `exec ${line}`] },
});

/** What the TARGETs name, in their order, each once. */
export const resolveTargets = async (texts: readonly string[]): Promise<Target[]> => {
  const targets = (await Promise.all(texts.map(resolveOne))).flat();
  return targets.filter(
    (one, index) => targets.findIndex((other) => other.name === one.name) === index,
  );
};
