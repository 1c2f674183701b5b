// What a native interface says by exceptions: it has no codes, and the first words of a message say what it means. What
// the interface threw is told apart from what the adapter itself did wrong.
import { writeSync } from 'node:fs';
import type { ErrorReason, MethodName } from '../../schemas/generated/standard.ts';
import { Refusal } from './refusal.ts';

class NativeException extends Error {
  readonly thrown: Error;

  constructor(thrown: Error) {
    super(thrown.message);
    this.thrown = thrown;
  }
}

const marked = (error: unknown): unknown =>
  error instanceof Error && !(error instanceof Refusal) ? new NativeException(error) : error;

/** Does work of the native interface's own, at once or by a promise, and marks what it throws. */
export const natively = <T>(work: () => T): T => {
  try {
    const made = work();
    if (!(made instanceof Promise)) return made;
    return made.catch((error: unknown) => {
      throw marked(error);
    }) as T;
  } catch (error) {
    throw marked(error);
  }
};

export type Meaning = readonly [beginning: RegExp, reason: ErrorReason];

/** A native message may be long, and the first words say what it is. */
const LONGEST = 300;

/**
 * Ends the process where WebAssembly trapped, wherever that was noticed: what the engine's memory holds then nobody meant,
 * and what it answered from there on would say nothing of the call that it answered. Native code ends so by itself.
 */
const endWhereTrapped = (error: unknown): void => {
  const thrown = error instanceof NativeException ? error.thrown : error;
  if (!(thrown instanceof WebAssembly.RuntimeError)) return;
  writeSync(2, `${thrown.stack}\n`);
  process.abort();
};

/**
 * What exceptions mean, by the method and the message; the first meaning counts. One without a meaning is INTERNAL, of
 * native origin still: an interface that failed has not refused. The vendor's name is that of the exception.
 */
export const refusalsBy =
  (methods: Readonly<Partial<Record<MethodName, readonly Meaning[]>>>) =>
  (method: MethodName, error: unknown): Refusal | undefined => {
    endWhereTrapped(error);
    if (!(error instanceof NativeException)) return undefined;
    const { name, message } = error.thrown;
    const found = methods[method]?.find(([beginning]) => beginning.test(message));
    return new Refusal(found?.[1] ?? 'INTERNAL', 'native', {
      message: message.slice(0, LONGEST),
      vendorName: name,
    });
  };
