// Process endpoints: a group of their own, bounded files, and an end that is certain.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { onExit } from 'signal-exit';
import type { Endpoint, EndpointEvents, Launch, StartEndpoint } from '../core/endpoint.ts';
import { LineSplitter } from '../core/framing.ts';
import { residentBytes } from './resident-memory.ts';

/** Kept of what an endpoint logs: its end. */
const STDERR_KEPT = 4096;
/** What stdout may still hold after the process is gone, in milliseconds. */
const DRAIN = 200;
/** No endpoint writes a file above this: one that writes without end fills no disk. */
const LARGEST_FILE = 1024 ** 3;

/** How many are started ahead: most cases take less time than a start does. */
const AHEAD = Math.min(2, availableParallelism());

const onPath = (program: string): boolean =>
  (process.env['PATH'] ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });

/** The command with the system's own bounds around it, where the system has them. */
const bounded = (launch: Launch): string[] => {
  const aside = launch.replyDescriptor === 3 ? ['sh', '-c', 'exec "$@" 3>&1 1>&2', 'sh'] : [];
  const limits = onPath('prlimit') ? ['prlimit', '--core=0', `--fsize=${LARGEST_FILE}`, '--'] : [];
  const parent = onPath('setpriv') ? ['setpriv', '--pdeathsig', 'KILL', '--'] : [];
  return [...parent, ...limits, ...aside, ...launch.command];
};

const environment = (launch: Launch, scratch: string): Record<string, string> => {
  const variables: Record<string, string> = { ...launch.environment };
  for (const name of launch.scratchVariables ?? []) {
    const folder = join(scratch, name.toLowerCase());
    mkdirSync(folder, { recursive: true });
    variables[name] = folder;
  }
  if (launch.replyDescriptor === 3) variables['CAUSEWAY_REPLY_FD'] = '3';
  return variables;
};

/** Ends a whole group; one that is gone already is no error. */
const signalGroup = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(-pid, signal);
  } catch {}
};

const alive = new Set<number>();
onExit(() => {
  for (const pid of alive) signalGroup(pid, 'SIGKILL');
});

/** A process that was started, and is nobody's endpoint yet: what it says waits in its pipe. */
const started = (launch: Launch, scratch: string, patience: number) => {
  const [program = '', ...args] = bounded(launch);
  const subprocess = execa(program, args, {
    stdin: 'pipe',
    stdout: 'pipe',
    stderr: 'pipe',
    buffer: false,
    detached: true,
    cleanup: false,
    reject: false,
    env: environment(launch, scratch),
    ...(launch.workingDirectory !== undefined && { cwd: launch.workingDirectory }),
  });
  const { pid } = subprocess;
  if (pid !== undefined) alive.add(pid);
  let stderr = '';
  let logged = 0;
  subprocess.stderr.on('data', (chunk: Buffer) => {
    logged += chunk.length;
    stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT);
  });
  // A write to an endpoint that is gone fails here; its end is reported below.
  subprocess.stdin.on('error', () => {});

  const kill = (): void => {
    if (pid === undefined || !alive.has(pid)) return;
    signalGroup(pid, 'SIGTERM');
    const timeout = setTimeout(() => signalGroup(pid, 'SIGKILL'), patience);
    subprocess.once('exit', () => clearTimeout(timeout));
  };

  /** Makes it the endpoint of a session. */
  const attach = (events: EndpointEvents): Endpoint => {
    const splitter = new LineSplitter({
      line: events.line,
      overlong: (beginning) => {
        // The rest of that line is nothing to us: it waits in the endpoint until that is ended.
        subprocess.stdout.pause();
        events.overlong(beginning);
      },
    });
    subprocess.stdout.on('data', (chunk: Buffer) => splitter.push(chunk));
    const drained = new Promise<void>((resolve) => {
      subprocess.stdout.once('close', resolve);
    });
    const finish = async (how: string): Promise<void> => {
      if (pid !== undefined) {
        // What it left behind may hold stdout open for ever.
        signalGroup(pid, 'SIGKILL');
        alive.delete(pid);
      }
      subprocess.stdout.resume();
      let timeout: NodeJS.Timeout | undefined;
      await Promise.race([
        drained,
        new Promise<void>((resolve) => {
          timeout = setTimeout(resolve, DRAIN);
        }),
      ]);
      clearTimeout(timeout);
      subprocess.stdout.destroy();
      subprocess.stderr.destroy();
      const cut = logged > STDERR_KEPT ? `[${logged} bytes in all]\n` : '';
      events.end(how, cut + stderr);
    };
    if (pid === undefined) {
      void subprocess.then((result) => finish(`not started: ${result.shortMessage ?? 'unknown'}`));
    } else {
      subprocess.once('exit', (code, signal) => {
        void finish(signal === null ? `exit ${code}` : `signal ${signal}`);
      });
    }
    return {
      pid,
      send: (line) => {
        if (subprocess.stdin.writable) subprocess.stdin.write(`${line}\n`);
      },
      close: () => {
        subprocess.stdin.end();
      },
      hold: (held) => {
        if (held) subprocess.stdout.pause();
        else subprocess.stdout.resume();
      },
      kill,
      resident: () => residentBytes(pid) ?? 'untold',
    };
  };

  return {
    attach,
    /** Whether it is still there to be somebody's endpoint. */
    isUp: (): boolean =>
      pid !== undefined && subprocess.exitCode === null && subprocess.signalCode === null,
    /** Ends it unused. */
    discard: async (): Promise<void> => {
      if (pid === undefined) return;
      subprocess.stdout.resume();
      kill();
      await subprocess;
      signalGroup(pid, 'SIGKILL');
      alive.delete(pid);
    },
  };
};

/**
 * Starts processes from `launch`. `scratch` is a folder of the run's own; `patience` is how long, in
 * milliseconds, TERM may take before KILL. One that is started ahead is given to a later session where it
 * is still up: an endpoint learns nothing before its session speaks to it.
 */
export const processEndpoints = (
  launch: Launch,
  scratch: string,
  patience: number,
): StartEndpoint => {
  const start = () => started(launch, scratch, patience);
  const spares: ReturnType<typeof start>[] = [];
  const next: StartEndpoint = (_session, events) => {
    for (let spare = spares.shift(); spare; spare = spares.shift()) {
      if (spare.isUp()) return spare.attach(events);
      void spare.discard();
    }
    return start().attach(events);
  };
  next.ahead = () => {
    while (spares.length < AHEAD) spares.push(start());
  };
  next.drop = async () => {
    await Promise.all(spares.splice(0).map((spare) => spare.discard()));
  };
  return next;
};
