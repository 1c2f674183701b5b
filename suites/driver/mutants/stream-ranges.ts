// Known-bad drivers: where memory ends for the commands of streams (DRV-STR-012).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import {
  alterError,
  alterReply,
  answer,
  errorReply,
  hasNoRoomFor,
  mutantsOf,
  servesRefused,
} from '../../defects.ts';
import { failsStreams } from './stream-defects.ts';

const WRITE = 'driver.stream.write';
const COPY = 'driver.stream.copy';
const WAIT = 'driver.stream.waitEvent';
const SIDE = 1024n;
const WHOLE = 2n ** 64n;

/** The ends of the ranges that a command has, each as far as it lies within any number of bits. */
const endsOf = ({ method, params }: Message): bigint[] => {
  const length =
    method === COPY
      ? BigInt(params.lengthBytes)
      : BigInt(Buffer.byteLength(params.data.base64, 'base64'));
  const offsets: string[] =
    method === COPY
      ? [params.source.offsetBytes, params.destination.offsetBytes]
      : [params.offsetBytes];
  return offsets.map((offset) => BigInt(offset) + length);
};

/** Takes commands that it should refuse, where `picks` picks them, and forgets them. */
const takes = (method: string, picks?: (request: Message) => boolean): (() => Defect) =>
  servesRefused('COPY_RANGE', method, {}, picks);

/** Takes what it should refuse while the stream is held: it looks when the command's turn has come. */
const looksLate = (picks: (request: Message) => boolean) => (): Defect => {
  const held = new Set<unknown>();
  return alterReply((reply, request) => {
    const { stream } = request?.params ?? {};
    if (request?.method === WAIT) held.add(stream);
    const late = reply.error?.data?.reason === 'COPY_RANGE' && held.has(stream);
    return late && request && picks(request) ? answer(reply, {}) : reply;
  });
};

/** Refuses a command, and carries out as much of it as fits. */
const carriesOutWhatFits = (method: string) => (): Defect => ({
  reply: (message, request, link) => {
    const refused = request?.method === method && message.error?.data?.reason === 'COPY_RANGE';
    if (!refused) return link.toSession(message);
    const { stream, allocation, source, destination } = request.params;
    const fits =
      method === WRITE
        ? { stream, allocation, offsetBytes: '1023', data: { base64: 'Wg==' } }
        : {
            stream,
            source: { ...source, offsetBytes: '0' },
            destination: { ...destination, offsetBytes: '1023' },
            lengthBytes: '1',
          };
    void link.call(method, fits).then(() => link.toSession(message));
  },
});

/** Forgets what is put into a stream behind a command that was refused. */
const losesOthers = (): Defect => {
  const refused = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      const lost =
        message.method === COPY &&
        refused.has(stream) &&
        endsOf(message).every((one) => one <= SIDE);
      if (lost) link.toSession(answer(message, {}));
      else link.toEndpoint(message);
    },
    reply: (message, request, link) => {
      if (message.error?.data?.reason === 'COPY_RANGE') refused.add(request?.params?.stream);
      link.toSession(message);
    },
  };
};

/** Refuses what ends exactly at the end. */
const refusesEnd = (method: string) => (): Defect => ({
  request: (message, link) => {
    const atEnd = message.method === method && endsOf(message).includes(SIDE);
    if (atEnd) link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'));
    else link.toEndpoint(message);
  },
});

const mutant = mutantsOf<'refused' | 'wraps' | 'complete' | 'kept' | 'boundary'>('DRV-STR-012');

/** Which end of a copy a driver that looks at the other alone lets pass. */
const onlyBeyond =
  (side: 0 | 1) =>
  (request: Message): boolean =>
    (endsOf(request)[1 - side] ?? 0n) <= SIDE;

const wraps = (request: Message): boolean =>
  endsOf(request).every((one) => BigInt.asUintN(64, one) <= SIDE) &&
  endsOf(request).some((one) => one >= WHOLE);

const byOne = (request: Message): boolean => endsOf(request).every((one) => one <= SIDE + 1n);

export const streamRangeMutants: readonly Mutant[] = [
  mutant('writes-beyond', 'takes a write beyond the end', 'refused', takes(WRITE)),
  mutant('copies-beyond', 'takes a copy beyond the end', 'refused', takes(COPY)),
  mutant(
    'source-beyond',
    'looks at a copy’s destination alone',
    'refused',
    takes(COPY, onlyBeyond(0)),
  ),
  mutant(
    'destination-beyond',
    'looks at a copy’s source alone',
    'refused',
    takes(COPY, onlyBeyond(1)),
  ),
  mutant(
    'write-wraps',
    'adds offset and length of a write in 64 bits',
    'wraps',
    takes(WRITE, wraps),
  ),
  mutant('copy-wraps', 'adds offset and length of a copy in 64 bits', 'wraps', takes(COPY, wraps)),
  mutant(
    'write-off-by-one',
    'takes a write of one byte beyond the end',
    'refused',
    takes(WRITE, byOne),
  ),
  mutant(
    'copy-off-by-one',
    'takes a copy of one byte beyond the end',
    'refused',
    takes(COPY, byOne),
  ),
  mutant(
    'looks-late',
    'looks at a command of a held stream when its turn has come',
    'refused',
    looksLate(() => true),
  ),
  mutant(
    'looks-late-for-wraps',
    'adds offset and length in 64 bits while the stream is held',
    'wraps',
    looksLate(wraps),
  ),
  mutant('other-fault', 'says that the stream is in another state', 'refused', () =>
    alterError(
      ({ reason }, request) => reason === 'COPY_RANGE' && request?.method === WRITE,
      ({ data }) => {
        data['canonical'] = 'FAILED_PRECONDITION';
        data['reason'] = 'STREAM_STATE';
      },
    ),
  ),
  mutant(
    'fails-stream',
    'fails a stream for what it refused',
    'complete',
    failsStreams((reply) => reply.error?.data?.reason === 'COPY_RANGE'),
  ),
  mutant(
    'writes-what-fits',
    'refuses a write, and writes what fits',
    'kept',
    carriesOutWhatFits(WRITE),
  ),
  mutant(
    'copies-what-fits',
    'refuses a copy, and copies what fits',
    'kept',
    carriesOutWhatFits(COPY),
  ),
  mutant('loses-others', 'loses a copy behind what it refused', 'boundary', losesOthers),
  mutant(
    'write-ends-before',
    'refuses a write that ends at the end',
    'boundary',
    refusesEnd(WRITE),
  ),
  mutant('copy-ends-before', 'refuses a copy that ends at the end', 'boundary', refusesEnd(COPY)),
  mutant(
    'no-room',
    'has no room for a write',
    'boundary',
    hasNoRoomFor(WRITE, (message) => endsOf(message).every((one) => one <= SIDE)),
  ),
];
