// Where replies go: stdout, or the descriptor that the starter moved it to so that what native
// libraries print is not taken for a reply.
import { createWriteStream, fstatSync } from 'node:fs';
import { Socket } from 'node:net';
import type { Writable } from 'node:stream';

/** The stream that CAUSEWAY_REPLY_FD names; stdout where it is not set. */
export const replyChannel = (): Writable => {
  const named = process.env['CAUSEWAY_REPLY_FD'];
  if (named === undefined) return process.stdout;
  const descriptor = Number(named);
  const kind = fstatSync(descriptor);
  return kind.isFIFO() || kind.isSocket()
    ? new Socket({ fd: descriptor, readable: false, writable: true })
    : createWriteStream('', { fd: descriptor });
};
