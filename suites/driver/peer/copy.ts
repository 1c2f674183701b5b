// DRV-P2P-002 and -003: what crosses between devices, and what has no leave to.
import type { Case } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { digests } from '../memory/bytes.ts';
import { request, routesBetween } from '../memory/routes.ts';
import { betweenTwo, enabledFor, pairsWith, SIZE, WHOLE } from './pairs.ts';

const COPY = 'driver.peer.copy';
const COPIES = 60;

const exact: Case = {
  id: 'DRV-P2P-002/exact',
  title: '60 copies between each pair, most of odd offsets and lengths, change what they name',
  requirements: ['DRV-P2P-002'],
  expectations: ['DRV-P2P-002/copied', 'DRV-P2P-002/exact', 'DRV-P2P-002/source'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const pair of await pairsWith(context, 'implicit', 'disabled', 'enabled')) {
      await betweenTwo(context, pair, (source, destination) =>
        enabledFor(context, pair, async () => {
          for (const route of routesBetween(context.random, SIZE, SIZE, COPIES)) {
            const { from, to, length } = route;
            const params = request(source, destination, route);
            await succeeds(context, 'DRV-P2P-002/copied', COPY, params);
            source.bytes.copy(destination.bytes, to, from, from + length);
            const { allocation, bytes } = destination;
            await digests(context, 'DRV-P2P-002/exact', allocation, 0, bytes);
          }
          await digests(context, 'DRV-P2P-002/source', source.allocation, 0, source.bytes);
        }),
      );
    }
  },
};

const disabled: Case = {
  id: 'DRV-P2P-003/disabled',
  title: 'a pair that is disabled copies nothing, before it is enabled and after it was',
  requirements: ['DRV-P2P-003'],
  expectations: ['DRV-P2P-003/refused', 'DRV-P2P-003/unchanged'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const pair of await pairsWith(context, 'disabled')) {
      await betweenTwo(context, pair, async (source, { allocation, bytes }) => {
        const params = request(source, { allocation, bytes }, WHOLE);
        const isRefused = async (): Promise<void> => {
          await refuses(context, 'DRV-P2P-003/refused', refusal('PEER_DISABLED'), COPY, params);
          await digests(context, 'DRV-P2P-003/unchanged', allocation, 0, bytes);
        };
        await isRefused();
        await context.given('driver.peer.enable', { ...pair });
        await context.given('driver.peer.disable', { ...pair });
        await isRefused();
        // Leave is given for one direction, unless the answer for the other changes with it.
        const back = { device: pair.peer, peer: pair.device };
        await context.given('driver.peer.enable', back);
        const { access } = await context.given('driver.peer.query', { ...pair });
        if (access === 'disabled') await isRefused();
        await context.given('driver.peer.disable', back);
      });
    }
  },
};

const implicit: Case = {
  id: 'DRV-P2P-003/implicit',
  title: 'a pair that is said to need no leave copies without',
  requirements: ['DRV-P2P-003'],
  expectations: ['DRV-P2P-003/implicit'],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const pair of await pairsWith(context, 'implicit')) {
      await betweenTwo(context, pair, async (source, destination) => {
        await succeeds(context, 'DRV-P2P-003/implicit', COPY, request(source, destination, WHOLE));
        await digests(context, 'DRV-P2P-003/implicit', destination.allocation, 0, source.bytes);
      });
    }
  },
};

export const copyCases: readonly Case[] = [exact, disabled, implicit];
