// DRV-P2P-002: memory ends where it was said to end for what crosses between devices too, and what was freed is gone.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { digests, SIDE } from '../memory/bytes.ts';
import { type Route, routesBeyond, WRAPPING_ROUTES } from '../memory/outside.ts';
import { filled, freeAll, type Held } from '../memory/routes.ts';
import { enabledFor, pairsWith } from './pairs.ts';

const REFUSED = 'DRV-P2P-002/refused';
const GONE = 'DRV-P2P-002/gone';
const KEPT = 'DRV-P2P-002/kept';
const BOUNDARY = 'DRV-P2P-002/boundary';

const COPY = 'driver.peer.copy';

const params = (source: Held, destination: Held, [from, to, length]: Route) => ({
  source: { allocation: source.allocation, offsetBytes: String(from) },
  destination: { allocation: destination.allocation, offsetBytes: String(to) },
  lengthBytes: String(length),
});

const ranges: Case = {
  id: 'DRV-P2P-002/ranges',
  title:
    'a copy between devices that leaves either memory, or names what was freed, is refused and changes no byte',
  requirements: ['DRV-P2P-002'],
  expectations: [REFUSED, GONE, KEPT, BOUNDARY],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    for (const pair of await pairsWith(context, 'implicit', 'disabled', 'enabled')) {
      const source = await filled(context, pair.device, `source on ${pair.device}`, SIDE);
      const destination = await filled(context, pair.peer, `destination on ${pair.peer}`, SIDE);
      const goneSource = await filled(context, pair.device, 'gone', SIDE);
      const goneDestination = await filled(context, pair.peer, 'gone', SIDE);
      await freeAll(context, [goneSource, goneDestination]);
      const holds = async (expectation: typeof KEPT | typeof BOUNDARY): Promise<void> => {
        for (const { allocation, bytes } of [source, destination]) {
          await digests(context, expectation, allocation, 0, bytes);
        }
      };
      await enabledFor(context, pair, async () => {
        const length = BigInt(context.random.integer(2, SIDE - 1));
        for (const route of [...routesBeyond(length), ...WRAPPING_ROUTES]) {
          const request = params(source, destination, route);
          await refuses(context, REFUSED, refusal('COPY_RANGE'), COPY, request);
          await holds(KEPT);
        }
        const whole: Route = [0n, 0n, BigInt(SIDE)];
        for (const [from, to] of [
          [goneSource, destination],
          [source, goneDestination],
        ] as const) {
          const request = params(from, to, whole);
          await refuses(context, GONE, refusal('HANDLE_INVALID'), COPY, request);
          await holds(KEPT);
        }
        const end = BigInt(SIDE) - length;
        const request = params(source, destination, [end, end, length]);
        await succeeds(context, BOUNDARY, COPY, request);
        source.bytes.copy(destination.bytes, Number(end), Number(end));
        await holds(BOUNDARY);
      });
      await freeAll(context, [source, destination]);
    }
  },
};

export const rangeCases: readonly Case[] = [ranges];
