// Known-bad drivers: what copies in their streams do to themselves (DRV-MEM-010).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { answer, errorReply } from '../../defects.ts';
import { at, type CopyParams } from './copy.ts';
import { failsStreams } from './stream-defects.ts';
import { alterMemory } from './visible.ts';

const COPY = 'driver.stream.copy';
const WAIT = 'driver.stream.waitEvent';

/** How far the destination lies behind the source in one allocation; undefined where they lie in two. */
const shiftOf = ({ source, destination }: CopyParams): bigint | undefined =>
  source.allocation === destination.allocation
    ? BigInt(destination.offsetBytes) - BigInt(source.offsetBytes)
    : undefined;

/** Whether ranges of one allocation overlap, or are so near that they would with so many bytes more. */
const overlaps = (params: CopyParams, more = 0n): boolean => {
  const shift = shiftOf(params);
  if (shift === undefined) return false;
  return (shift < 0n ? -shift : shift) < BigInt(params.lengthBytes) + more;
};

/** Does something else with copies in a stream that `picks` picks. */
const instead = (
  picks: (params: CopyParams) => boolean,
  act: (message: Message, link: Link) => void,
): Defect => ({
  request: (message, link) =>
    message.method === COPY && picks(message.params)
      ? act(message, link)
      : link.toEndpoint(message),
});

/** Copies piece by piece, each as long as the ranges lie apart, always from the same end. */
const inPieces =
  (forward: boolean) =>
  (message: Message, link: Link): void => {
    const { stream, source, destination, lengthBytes } = message.params;
    const shift = shiftOf(message.params) ?? 0n;
    const step = shift < 0n ? -shift : shift;
    const length = BigInt(lengthBytes);
    const starts: bigint[] = [];
    for (let start = 0n; step > 0n && start < length; start += step) starts.push(start);
    const pieces = (forward ? starts : starts.reverse()).map((start) => ({
      stream,
      source: at(source, (offset) => offset + start),
      destination: at(destination, (offset) => offset + start),
      lengthBytes: String(length - start < step ? length - start : step),
    }));
    void Promise.all(pieces.map((piece) => link.call(COPY, piece))).then(() =>
      link.toSession(answer(message, {})),
    );
  };

const refuses = ({ id }: Message, link: Link): void =>
  link.toSession(errorReply(id, 2007, 'INVALID_ARGUMENT', 'OVERLAP'));

/** Declares that it refuses overlapping copies, refuses those outside of streams, and has a defect in streams. */
const declaresRefusal = (inStreams: () => Defect) => (): Defect => {
  const defect = inStreams();
  return {
    ...alterMemory({ overlappingCopy: 'refused' }),
    request: (message, link) => {
      const { method } = message;
      if (method === 'driver.memory.copy' && overlaps(message.params)) refuses(message, link);
      else if (defect.request) defect.request(message, link);
      else link.toEndpoint(message);
    },
  };
};

/** Looks at copies of a stream that is held when their turn has come. */
const looksLate = (): Defect => {
  const held = new Set<unknown>();
  return {
    request: (message, link) => {
      const { stream } = message.params ?? {};
      if (message.method === WAIT) held.add(stream);
      const refused = message.method === COPY && overlaps(message.params) && !held.has(stream);
      if (refused) refuses(message, link);
      else link.toEndpoint(message);
    },
  };
};

const mutant = (
  name: string,
  title: string,
  breaks: 'overlap' | 'touching' | 'complete' | 'contents',
  defect: () => Defect,
): Mutant => ({
  id: `DRV-MEM-010/stream-${name}`,
  title,
  requirement: 'DRV-MEM-010',
  breaks: `DRV-MEM-010/stream-${breaks}`,
  defect: () => defect,
});

export const overlapStreamMutants: readonly Mutant[] = [
  mutant('always-forward', 'copies in a stream from the first byte on', 'contents', () =>
    instead(overlaps, inPieces(true)),
  ),
  mutant('always-backward', 'copies in a stream from the last byte on', 'contents', () =>
    instead(overlaps, inPieces(false)),
  ),
  mutant('refuses', 'refuses in a stream what it declares to do', 'overlap', () =>
    instead(overlaps, refuses),
  ),
  mutant(
    'carries-out',
    'does in a stream what it declares to refuse',
    'overlap',
    declaresRefusal(() => ({})),
  ),
  mutant(
    'looks-late',
    'takes what it declares to refuse while the stream is held',
    'overlap',
    declaresRefusal(looksLate),
  ),
  mutant(
    'refuses-and-carries-out',
    'refuses an overlapping copy in a stream, and carries it out',
    'contents',
    declaresRefusal(() =>
      instead(overlaps, (message, link) => {
        void link.call(COPY, message.params).then(() => refuses(message, link));
      }),
    ),
  ),
  mutant(
    'fails',
    'fails a stream in which ranges overlap',
    'complete',
    failsStreams((_reply, { method, params }) => method === COPY && overlaps(params)),
  ),
  mutant(
    'refuses-touching',
    'takes ranges that touch for ranges that overlap, in a stream',
    'touching',
    () => instead((params) => overlaps(params, 1n) && !overlaps(params), refuses),
  ),
  mutant('loses-touching', 'loses a copy in a stream whose ranges touch', 'contents', () =>
    instead(
      (params) => overlaps(params, 1n) && !overlaps(params),
      (message, link) => link.toSession(answer(message, {})),
    ),
  ),
];
