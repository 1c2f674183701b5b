// SYS-CAP and SYS-ADP: what an endpoint says of itself, and that it says the same to everybody.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../core/case.ts';
import { declares } from '../../core/plan.ts';
import { CAPABILITIES, METHODS, STANDARD } from '../../schemas/generated/standard.ts';
import type { Capabilities, InitializeResult } from '../../schemas/generated/types.ts';
import { succeeds, withoutExtensions } from '../support.ts';

/** The capabilities that are declared, or claimed. */
const declared = (capabilities: Capabilities): string[] =>
  CAPABILITIES.filter((name) => declares(capabilities, name));

const initialize = (
  context: Context,
  expectation: ExpectationId,
  client: { name: string; version: string },
  others: readonly string[],
): Promise<InitializeResult> =>
  succeeds(context, expectation, 'system.initialize', {
    protocolVersions: [...others, STANDARD.revision],
    client,
  });

/** What has to be the same in every session; a capability that is false is one that is absent. */
const compared = ({ product, adapter, capabilities, methods }: InitializeResult): unknown =>
  withoutExtensions({
    product,
    adapter,
    capabilities: declared(capabilities),
    methods: Object.fromEntries(Object.entries(methods).sort(([a], [b]) => (a < b ? -1 : 1))),
  });

const same: Case = {
  id: 'SYS-CAP-003/same',
  title: 'three sessions declare the same, to three clients',
  requirements: ['SYS-CAP-003'],
  expectations: ['SYS-CAP-003/valid', 'SYS-CAP-003/same'],
  kind: 'cold',
  run: async (context) => {
    const usual = { name: 'causeway', version: '1' };
    const first = await initialize(context, 'SYS-CAP-003/valid', usual, []);
    await context.close();
    // One by one: a product that one process can hold is a good product.
    const other = { name: context.random.letters(9), version: context.random.letters(3) };
    const clients: [string, typeof usual, string[]][] = [
      ['again', usual, []],
      ['to a stranger', other, ['9.9']],
    ];
    for (const [when, client, others] of clients) {
      const session = await context.open('cold');
      const later = await initialize(session, 'SYS-CAP-003/valid', client, others);
      context.expectation(
        'SYS-CAP-003/same',
        { expected: compared(first), observed: compared(later) },
        () => expect(compared(later), when).to.deep.equal(compared(first)),
      );
      await session.close();
    }
  },
};

const claims: Case = {
  id: 'SYS-CAP-004/claims',
  title: 'what is declared is what the maker claims, no less and no more',
  requirements: ['SYS-CAP-004'],
  expectations: ['SYS-CAP-004/claimed', 'SYS-CAP-004/unclaimed'],
  kind: 'shared',
  run: async (context) => {
    if (!context.claims) context.nothing('the target file states no claims');
    const claimed = declared(context.claims ?? {});
    const found = declared(context.identity?.capabilities ?? {});
    const missing = claimed.filter((name) => !found.includes(name));
    context.expectation(
      'SYS-CAP-004/claimed',
      { expected: 'every claimed capability declared', observed: { claimed, missing } },
      () => expect(missing).to.deep.equal([]),
    );
    const more = found.filter((name) => !claimed.includes(name));
    context.expectation(
      'SYS-CAP-004/unclaimed',
      { expected: 'no capability declared that is not claimed', observed: { claimed, more } },
      () => expect(more).to.deep.equal([]),
    );
  },
};

const adapter: Case = {
  id: 'SYS-ADP-001/declared',
  title:
    'the adapter has a name and a version, and each method that answers says who does its work',
  requirements: ['SYS-ADP-001'],
  expectations: ['SYS-ADP-001/valid', 'SYS-ADP-001/named', 'SYS-ADP-001/methods'],
  kind: 'cold',
  run: async (context) => {
    const client = { name: 'causeway', version: '1' };
    // Names and the three words are the schema's: a result that it refuses breaks the first of these.
    const found = await initialize(context, 'SYS-ADP-001/valid', client, []);
    const { name, version } = found.adapter;
    context.expectation(
      'SYS-ADP-001/named',
      { expected: 'a name and a version, neither blank', observed: { name, version } },
      () => expect([name.trim(), version.trim()]).to.not.include(''),
    );
    const answering = Object.entries(METHODS)
      .filter(([, { needs }]) => needs === null || declares(found.capabilities, needs))
      .map(([method]) => method)
      .sort();
    // The standard leaves extension members of this map open.
    const listed = Object.keys(found.methods)
      .filter((method) => !method.startsWith('x-'))
      .sort();
    context.expectation('SYS-ADP-001/methods', { expected: answering, observed: listed }, () =>
      expect(listed).to.deep.equal(answering),
    );
  },
};

export const identity: readonly Case[] = [same, claims];
export const adapterIdentity: readonly Case[] = [adapter];
