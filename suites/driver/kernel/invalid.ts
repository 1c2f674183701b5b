// DRV-KRN-002: what is no valid module is refused, and nothing else happens.
import type { Case, Context } from '../../../core/case.ts';
import { refusal, refuses, succeeds } from '../../support.ts';
import { Bench, devicesWithKernels } from './bench.ts';
import { type BuiltFormat, lastFunction, magicBytes, moduleOf, partBytes } from './formats.ts';

/** A module that is not valid, and why. */
interface Broken {
  readonly what: string;
  readonly format: string;
  readonly bytes: Buffer;
}

const CUTS = 15;
/** Of them that many from the end on. */
const NEAR = 8;
const DAMAGES = 16;

/**
 * Without the end: the first lack one part more each, which few that are drawn would; the next ends as early as may be
 * within the last function, and the others anywhere in it.
 */
const cut = ({ random }: Context, format: BuiltFormat, whole: Buffer, nth: number): Broken => {
  const [least, most] = [lastFunction(format, whole) + 1, whole.length - 3];
  const part = partBytes(format);
  const near = Math.max(least, whole.length - Math.max(3, part) - nth * part);
  const early = nth === NEAR ? least : random.integer(least, most);
  const length = nth < NEAR ? near : early;
  const bytes = whole.subarray(0, length);
  return { what: `cut to ${length} of ${whole.length} bytes`, format, bytes };
};

/** With the nth bit of the magic number flipped; where there is none, with a character of no language. */
const damaged = ({ random }: Context, format: BuiltFormat, whole: Buffer, nth: number): Broken => {
  const bytes = Buffer.from(whole);
  const magic = magicBytes(format);
  if (magic > 0) {
    // Every other, from one end to the other.
    const bit = (nth * 2) % (magic * 8);
    const at = Math.floor(bit / 8);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
    return { what: `bit ${bit} flipped`, format, bytes };
  }
  const at = random.integer(lastFunction(format, whole) + 1, whole.length - 3);
  const character = ['@', '`', '\u0001'][nth % 3] ?? '@';
  bytes.write(character, at);
  return { what: `${JSON.stringify(character)} at byte ${at}`, format, bytes };
};

const invalid: Case = {
  id: 'DRV-KRN-002/invalid',
  title: '32 modules that are cut short, damaged, or of a form that is not listed are refused',
  requirements: ['DRV-KRN-002'],
  expectations: ['DRV-KRN-002/refused', 'DRV-KRN-002/serving'],
  premises: ['devices'],
  needs: ['driver.memory', 'driver.stream'],
  kind: 'shared',
  run: async (context) => {
    for (const device of await devicesWithKernels(context)) {
      const bench = new Bench(context, device);
      const whole = moduleOf('copy', bench.format);
      const stranger = `no-such-form-${context.random.letters(8)}`;
      const broken = [
        ...Array.from({ length: CUTS }, (_, nth) => cut(context, bench.format, whole, nth)),
        ...Array.from({ length: DAMAGES }, (_, nth) => damaged(context, bench.format, whole, nth)),
        { what: 'of a form that is not listed', format: stranger, bytes: whole },
      ];
      for (const { format, bytes } of broken) {
        await refuses(
          context,
          'DRV-KRN-002/refused',
          refusal('MODULE_INVALID'),
          'driver.module.load',
          { device: device.device, format, base64: bytes.toString('base64') },
        );
      }
      await succeeds(context, 'DRV-KRN-002/serving', 'system.ping', {});
      await bench.kernel('DRV-KRN-002/serving', 'copy');
      await bench.leave();
    }
  },
};

export const invalidCases: readonly Case[] = [invalid];
