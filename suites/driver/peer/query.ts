// DRV-P2P-001: what is said of a pair is what a copy finds.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { type Held, request } from '../memory/routes.ts';
import { betweenTwo, type Pair, pairsOf, query, WHOLE } from './pairs.ts';

const AGREES = 'DRV-P2P-001/agrees';
const COPY = 'driver.peer.copy';

const isEnabled = async (context: Context, pair: Pair): Promise<void> => {
  const access = await query(context, AGREES, pair);
  context.expectation(
    AGREES,
    { expected: `${pair.device} to ${pair.peer}: enabled`, observed: access },
    () => expect(access).to.equal('enabled'),
  );
};

/** Does what the answer of a query promises, or must not do. */
const agreesWith = async (
  context: Context,
  pair: Pair,
  source: Held,
  destination: Held,
): Promise<void> => {
  const copy = request(source, destination, WHOLE);
  const access = await query(context, 'DRV-P2P-001/query', pair);
  switch (access) {
    case 'none':
      await refuses(context, AGREES, refusal('PEER_UNREACHABLE'), COPY, copy);
      await refuses(context, AGREES, refusal('PEER_UNREACHABLE'), 'driver.peer.enable', pair);
      return;
    case 'implicit':
    case 'enabled':
      await succeeds(context, AGREES, COPY, copy);
      return;
    case 'disabled':
      await succeeds(context, AGREES, 'driver.peer.enable', { ...pair });
      await isEnabled(context, pair);
      await succeeds(context, AGREES, COPY, copy);
      await context.given('driver.peer.disable', { ...pair });
      return;
    default:
      access satisfies never;
  }
};

const agrees: Case = {
  id: 'DRV-P2P-001/agrees',
  title: 'a copy between each ordered pair of devices does what was said of the pair',
  requirements: ['DRV-P2P-001'],
  expectations: ['DRV-P2P-001/query', AGREES],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'shared',
  run: async (context) => {
    for (const pair of await pairsOf(context)) {
      await betweenTwo(context, pair, (source, destination) =>
        agreesWith(context, pair, source, destination),
      );
    }
  },
};

export const queryCases: readonly Case[] = [agrees];
