// An endpoint within this process, through the kit's whole way: for the selftest, where a process for each
// session would cost more than all that is tried in it.
import { PassThrough, Writable } from 'node:stream';
import type { StartEndpoint } from '../../core/endpoint.ts';
import { LineSplitter } from '../../core/framing.ts';
import { type AdapterOptions, serve } from './serve.ts';

/** Starts sessions of an adapter here. One that is killed is heard no more; it ends its work by itself. */
export const inProcess =
  (options: AdapterOptions): StartEndpoint =>
  (_session, events) => {
    const requests = new PassThrough();
    let over = false;
    let how = 'exit 0';
    const end = (): void => {
      if (over) return;
      over = true;
      events.end(how, '');
    };
    const splitter = new LineSplitter({
      line: (text) => {
        if (!over) events.line(text);
      },
      overlong: (beginning) => events.overlong(beginning),
    });
    const replies = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        splitter.push(chunk);
        done();
      },
    });
    serve(options, { requests, replies, ended: end });
    return {
      send: (line) => {
        if (requests.writable) requests.write(`${line}\n`);
      },
      close: () => {
        requests.end();
      },
      kill: () => {
        how = 'signal SIGTERM';
        requests.destroy();
        // As a process does: it is gone a moment after it was told to go.
        setImmediate(end);
      },
    };
  };
