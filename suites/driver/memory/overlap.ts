// DRV-MEM-010: what a copy does to itself.
import { expect } from 'chai';
import type { Case, Context, ExpectationId } from '../../../core/case.ts';
import { expectRefusal, refusal, succeeds } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';
import { bytesOf, digests, fits, generator } from './bytes.ts';
import { filled, freeAll, type Held, type Route, request } from './routes.ts';

export const SHARED = 4099;
/** More than what is moved in one piece anywhere. */
const LARGE = 300_007;

/** Overlaps in both directions, by a byte, by about a word, and by all but a byte; and in place. */
export const overlaps = ({ random }: Context): Route[] => {
  const length = random.integer(1000, 2000);
  const shifts = [1, 2, random.integer(3, 70), Math.floor(length / 2), length - 1];
  return [
    ...shifts.flatMap((shift) => {
      const low = random.integer(0, SHARED - length - shift);
      return [
        { from: low, to: low + shift, length },
        { from: low + shift, to: low, length },
      ];
    }),
    { from: 100, to: 100, length },
    // Of whole words and lines, which few that are drawn are.
    ...[4, 64].flatMap((shift) => [
      { from: 64, to: 64 + shift, length: 1024 },
      { from: 64 + shift, to: 64, length: 1024 },
    ]),
  ];
};

/** Attempts a copy whose ranges overlap, and states that it does what the device declares. */
const copyOverlapping = async (
  context: Context,
  declared: 'memmove' | 'refused',
  held: Held,
  route: Route,
): Promise<void> => {
  const expectation: ExpectationId = 'DRV-MEM-010/overlap';
  const { from, to, length } = route;
  if (declared === 'memmove') {
    await succeeds(context, expectation, 'driver.memory.copy', request(held, held, route));
    held.bytes.copyWithin(to, from, from + length);
  } else {
    const answer = await context.attempt(
      expectation,
      'driver.memory.copy',
      request(held, held, route),
    );
    const where = `${length} bytes from ${from} to ${to}: `;
    expectRefusal(context, expectation, refusal('OVERLAP'), answer, where);
  }
  await digests(context, 'DRV-MEM-010/contents', held.allocation, 0, held.bytes);
};

const overlapping: Case = {
  id: 'DRV-MEM-010/overlapping',
  title: 'a copy onto itself does what the device declares, in both directions',
  requirements: ['DRV-MEM-010'],
  expectations: ['DRV-MEM-010/declared', 'DRV-MEM-010/overlap', 'DRV-MEM-010/contents'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    let tried = 0;
    for (const described of await devicesOf(context)) {
      const { device, memory } = described;
      const declared = memory.overlappingCopy;
      context.expectation(
        'DRV-MEM-010/declared',
        { expected: 'memmove, refused or undefined', observed: declared ?? 'no overlappingCopy' },
        () => expect(declared).to.be.oneOf(['memmove', 'refused', 'undefined']),
      );
      if (declared === undefined || declared === 'undefined') continue;
      tried += 1;
      const held = await filled(context, device, `overlapping on ${device}`, SHARED);
      for (const route of overlaps(context)) await copyOverlapping(context, declared, held, route);
      await freeAll(context, [held]);
      if (!fits(described, LARGE)) continue;
      const large = await filled(context, device, `much on ${device}`, LARGE);
      const shift = context.random.integer(1, 5000);
      const length = LARGE - shift;
      for (const [from, to] of [
        [0, shift],
        [shift, 0],
      ] as const) {
        await copyOverlapping(context, declared, large, { from, to, length });
      }
      await freeAll(context, [large]);
    }
    if (tried === 0) context.nothing('every device leaves open what an overlapping copy does');
  },
};

const touching: Case = {
  id: 'DRV-MEM-010/touching',
  title: 'a copy within one allocation whose ranges touch and do not overlap is carried out',
  requirements: ['DRV-MEM-010'],
  expectations: ['DRV-MEM-010/touching', 'DRV-MEM-010/touching-contents'],
  premises: ['devices'],
  kind: 'shared',
  run: async (context) => {
    for (const { device } of await devicesOf(context)) {
      const held = await filled(context, device, `touching on ${device}`, SHARED);
      const drawn = context.random.integer(2, Math.floor(SHARED / 2));
      // The first two touch within a word and within a line, the third between two lines.
      for (const [low, length] of [
        [1, 1],
        [5, 16],
        [64, 64],
        [context.random.integer(0, SHARED - 2 * drawn), drawn],
      ] as const) {
        for (const route of [
          { from: low, to: low + length, length },
          { from: low + length, to: low, length },
        ]) {
          // Fresh contents: the second copy would otherwise move what the first had put there.
          const bytes = bytesOf(generator(context, `${length} from ${route.from}`, SHARED));
          await context.given('driver.memory.write', {
            allocation: held.allocation,
            offsetBytes: '0',
            data: { base64: bytes.toString('base64') },
          });
          bytes.copy(held.bytes);
          await succeeds(
            context,
            'DRV-MEM-010/touching',
            'driver.memory.copy',
            request(held, held, route),
          );
          held.bytes.copyWithin(route.to, route.from, route.from + length);
          await digests(context, 'DRV-MEM-010/touching-contents', held.allocation, 0, held.bytes);
        }
      }
      await freeAll(context, [held]);
    }
  },
};

export const overlap: readonly Case[] = [overlapping, touching];
