// Known-bad drivers: what their copies do to themselves (DRV-MEM-010).
import type { Defect, Link, Message, Mutant } from '../../../core/mutant.ts';
import { errorReply } from '../../defects.ts';
import { at, COPY, type CopyParams, instead } from './copy.ts';
import { alterMemory } from './visible.ts';

/** How far the destination lies behind the source, where both are in one allocation and overlap. */
const shiftOf = ({ source, destination, lengthBytes }: CopyParams): bigint | undefined => {
  const shift = BigInt(destination.offsetBytes) - BigInt(source.offsetBytes);
  const distance = shift < 0n ? -shift : shift;
  return source.allocation === destination.allocation && distance < BigInt(lengthBytes)
    ? shift
    : undefined;
};

const overlaps = (params: CopyParams): boolean => shiftOf(params) !== undefined;

/** Copies piece by piece, each as long as the ranges lie apart: from the first on, or from the last. */
const inPieces = async (
  { source, destination, lengthBytes }: CopyParams,
  forward: boolean,
  link: Link,
): Promise<void> => {
  const length = BigInt(lengthBytes);
  const shift = BigInt(destination.offsetBytes) - BigInt(source.offsetBytes);
  const step = shift < 0n ? -shift : shift;
  const starts: bigint[] = [];
  for (let start = 0n; step > 0n && start < length; start += step) starts.push(start);
  for (const start of forward ? starts : starts.reverse()) {
    const piece = length - start < step ? length - start : step;
    await link.call(COPY, {
      source: at(source, (offset) => offset + start),
      destination: at(destination, (offset) => offset + start),
      lengthBytes: String(piece),
    });
  }
};

/** Does not look where the ranges lie: always begins at the same end. */
const always = (forward: boolean) => () => () =>
  instead(overlaps, (message, link) => {
    void inPieces(message.params, forward, link).then(() =>
      link.toSession({ jsonrpc: '2.0', id: message.id, result: {} }),
    );
  });

/** Ranges of whole words, which it copies a word at a time. */
const areWords = (params: CopyParams): boolean => {
  const { source, destination, lengthBytes } = params;
  const all = [source.offsetBytes, destination.offsetBytes, lengthBytes];
  return overlaps(params) && all.every((one) => BigInt(one) % 4n === 0n);
};

const overlapping = (id: unknown): Message => errorReply(id, 2007, 'INVALID_ARGUMENT', 'OVERLAP');

/** Declares that it refuses overlapping copies, and does `act` with one. */
const declaresRefusal = (act: (message: Message, link: Link) => void) => () => (): Defect => ({
  ...alterMemory({ overlappingCopy: 'refused' }),
  ...instead(overlaps, act),
});

export const overlapMutants: readonly Mutant[] = [
  {
    id: 'DRV-MEM-010/always-forward',
    title: 'copies from the first byte on, also where that overwrites what it has yet to read',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/contents',
    defect: always(true),
  },
  {
    id: 'DRV-MEM-010/always-backward',
    title: 'copies from the last byte on, also where that overwrites what it has yet to read',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/contents',
    defect: always(false),
  },
  {
    id: 'DRV-MEM-010/words-forward',
    title:
      'copies whole words from the first on, also where that overwrites what it has yet to read',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/contents',
    defect: () => () =>
      instead(areWords, (message, link) => {
        void inPieces(message.params, true, link).then(() =>
          link.toSession({ jsonrpc: '2.0', id: message.id, result: {} }),
        );
      }),
  },
  {
    id: 'DRV-MEM-010/refused-undeclared',
    title: 'refuses what it declares to do',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/overlap',
    defect: () => () => instead(overlaps, ({ id }, link) => link.toSession(overlapping(id))),
  },
  {
    id: 'DRV-MEM-010/done-undeclared',
    title: 'does what it declares to refuse',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/overlap',
    defect: declaresRefusal((message, link) => link.toEndpoint(message)),
  },
  {
    id: 'DRV-MEM-010/refused-and-done',
    title: 'refuses an overlapping copy, and has done it',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/contents',
    defect: declaresRefusal((message, link) => {
      void link.call(COPY, message.params).then(() => link.toSession(overlapping(message.id)));
    }),
  },
  {
    id: 'DRV-MEM-010/refused-otherwise',
    title: 'refuses an overlapping copy as out of range',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/overlap',
    defect: declaresRefusal(({ id }, link) =>
      link.toSession(errorReply(id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE')),
    ),
  },
  {
    id: 'DRV-MEM-010/undeclared',
    title: 'does not say what an overlapping copy does',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/declared',
    defect: () => () => alterMemory({ overlappingCopy: undefined }),
  },
  {
    id: 'DRV-MEM-010/touching-refused',
    title: 'takes ranges that touch for ranges that overlap',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/touching',
    defect: () => () =>
      instead(
        (params) => overlaps({ ...params, lengthBytes: String(BigInt(params.lengthBytes) + 1n) }),
        ({ id }, link) => link.toSession(overlapping(id)),
      ),
  },
  {
    id: 'DRV-MEM-010/touching-not-done',
    title: 'answers a copy within one allocation and does not carry it out',
    requirement: 'DRV-MEM-010',
    breaks: 'DRV-MEM-010/touching-contents',
    defect: () => () =>
      instead(
        ({ source, destination }) => source.allocation === destination.allocation,
        ({ id }, link) => link.toSession({ jsonrpc: '2.0', id, result: {} }),
      ),
  },
];
