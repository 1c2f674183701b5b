// Known-bad drivers: where memory ends for copies between devices (DRV-P2P-002).
import type { Defect, Message, Mutant } from '../../../core/mutant.ts';
import { errorReply, mutantsOf, servesRefused } from '../../defects.ts';

const COPY = 'driver.peer.copy';
const SIDE = 1024n;

/** Where the two ranges of a copy end. */
const endsOf = ({ params }: Message): bigint[] =>
  [params.source, params.destination].map(
    ({ offsetBytes }) => BigInt(offsetBytes) + BigInt(params.lengthBytes),
  );

/** Takes copies that are to be refused for a reason, where `picks` picks them. */
const takes = (reason: string, picks: (ends: bigint[]) => boolean = () => true): (() => Defect) =>
  servesRefused(reason, COPY, {}, (request) => picks(endsOf(request)));

const mutant = mutantsOf<'refused' | 'gone' | 'kept' | 'boundary'>(
  'DRV-P2P-002',
  'DRV-P2P-002/ranges',
);

export const peerRangeMutants: readonly Mutant[] = [
  mutant(
    'source-beyond',
    'looks where the destination ends alone',
    'refused',
    takes('COPY_RANGE', ([, to = 0n]) => to <= SIDE),
  ),
  mutant(
    'destination-beyond',
    'looks where the source ends alone',
    'refused',
    takes('COPY_RANGE', ([from = 0n]) => from <= SIDE),
  ),
  mutant(
    'wraps',
    'adds offset and length in 64 bits',
    'refused',
    takes('COPY_RANGE', (ends) => ends.every((one) => BigInt.asUintN(64, one) <= SIDE)),
  ),
  mutant('serves-gone', 'copies between devices what was freed', 'gone', takes('HANDLE_INVALID')),
  mutant('copies-what-fits', 'refuses a copy, and copies what fits', 'kept', () => ({
    reply: (message, request, link) => {
      const refused = request?.method === COPY && message.error?.data?.reason === 'COPY_RANGE';
      if (!refused) return link.toSession(message);
      const { source, destination } = request.params;
      const fits = {
        source: { ...source, offsetBytes: '0' },
        destination: { ...destination, offsetBytes: '7' },
        lengthBytes: '64',
      };
      void link.call(COPY, fits).then(() => link.toSession(message));
    },
  })),
  mutant('ends-before', 'refuses a copy that ends at the end of both', 'boundary', () => ({
    request: (message, link) => {
      const atEnd = message.method === COPY && endsOf(message).every((one) => one === SIDE);
      const whole = message.params?.lengthBytes === String(SIDE);
      if (atEnd && !whole) {
        link.toSession(errorReply(message.id, 2006, 'OUT_OF_RANGE', 'COPY_RANGE'));
      } else link.toEndpoint(message);
    },
  })),
];
