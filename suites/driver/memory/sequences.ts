// DRV-MEM-001 and -006 by random legal sequences of allocate, write, copy, fill and free, each against a model:
// what no case thinks of, because it takes three calls that each are right.
import { expect } from 'chai';
import type { Case, Context } from '../../../core/case.ts';
import { sha256 } from '../../../core/generator.ts';
import { declares } from '../../../core/plan.ts';
import type { Device } from '../../../schemas/generated/types.ts';
import {
  Departure,
  departing,
  type FastCheck,
  pick,
  type Step,
  sidesOf,
  step,
  type Taken,
} from '../../sequences.ts';
import { brief, isRefusal, refusal } from '../../support.ts';
import { devicesOf } from '../device/devices.ts';

const CONTENTS = 'DRV-MEM-001/as-modelled';
const HANDLES = 'DRV-MEM-006/as-modelled';

/** A handle that should name nothing, and does. */
class GoneHandle extends Departure {}

/** An allocation as it should be. */
interface Held {
  readonly name: string;
  readonly handle: string;
  readonly bytes: Buffer;
}

interface Model extends Taken {
  held: Held[];
  freed: { name: string; handle: string }[];
  made: number;
}

const MOST_HELD = 4;
const LARGEST = 96;
const SHARES = 32;

/** The endpoint's answer to a call that has to succeed. */
const call = async (context: Context, method: string, params: object): Promise<unknown> => {
  const answer = await context.attempt(CONTENTS, method, params);
  if (answer.kind === 'error') throw new Departure(`${method}: a result`, brief(answer));
  return answer.result;
};

/** Looks at every byte of one allocation. */
const look = async (context: Context, { name, handle, bytes }: Held): Promise<void> => {
  const { base64 } = (await call(context, 'driver.memory.read', {
    allocation: handle,
    offsetBytes: '0',
    lengthBytes: bytes.length,
  })) as { base64: string };
  const read = Buffer.from(base64, 'base64');
  const at = bytes.findIndex((byte, index) => byte !== read[index]);
  if (at < 0 && read.length === bytes.length) return;
  throw new Departure(
    `${name}: ${bytes.length} bytes, ${sha256(bytes).slice(0, 16)}`,
    `${name}: ${read.length} bytes, other from byte ${at < 0 ? bytes.length : at} on`,
  );
};

/** Two members that say where: of a length that is known only when the step runs. */
interface Part {
  readonly at: number;
  readonly share: number;
}

const rangeIn = (length: number, { at, share }: Part): { from: number; count: number } => {
  const from = Math.floor(at * (length - 1));
  return { from, count: 1 + Math.floor(share * (length - from - 1)) };
};

const holds =
  (count: number) =>
  ({ held }: Model): boolean =>
    held.length >= count;

/** The steps on one device; those of copy and fill where it declares them. */
const stepsOn =
  (device: string, copies: boolean, patterns: readonly number[]) =>
  (fc: FastCheck): import('fast-check').Arbitrary<Step<Model>>[] => {
    const which = fc.nat({ max: MOST_HELD - 1 });
    // Whole numbers: halves of halves take hundreds of tries to shrink.
    const share = fc.nat({ max: SHARES }).map((parts) => parts / SHARES);
    const part = fc.record({ at: share, share });
    const byte = fc.integer({ min: 1, max: 255 });
    const allocate = fc.tuple(fc.integer({ min: 1, max: LARGEST }), byte).map(([size, value]) =>
      step<Model>(
        ({ held }) => held.length < MOST_HELD,
        async (model, context) => {
          const { allocation } = (await call(context, 'driver.memory.allocate', {
            device,
            sizeBytes: String(size),
          })) as { allocation: string };
          // What fresh memory holds is not said: it is written at once.
          const bytes = Buffer.alloc(size, value);
          await call(context, 'driver.memory.write', {
            allocation,
            offsetBytes: '0',
            data: { base64: bytes.toString('base64') },
          });
          model.made += 1;
          const one = { name: `m${model.made}`, handle: allocation, bytes };
          model.held.push(one);
          return `${one.name} = allocate(${size}, of ${value})`;
        },
      ),
    );
    const write = fc.tuple(which, part, byte).map(([index, place, value]) =>
      step<Model>(holds(1), async ({ held }, context) => {
        const one = pick(held, index);
        const { name, handle, bytes } = one;
        const { from, count } = rangeIn(bytes.length, place);
        const data = Buffer.alloc(count, value);
        await call(context, 'driver.memory.write', {
          allocation: handle,
          offsetBytes: String(from),
          data: { base64: data.toString('base64') },
        });
        data.copy(bytes, from);
        return `write(${name}, ${from}, ${count} of ${value})`;
      }),
    );
    const free = which.map((index) =>
      step<Model>(holds(1), async (model, context) => {
        const { name, handle } = pick(model.held, index);
        await call(context, 'driver.memory.free', { allocation: handle });
        model.held = model.held.filter((one) => one.handle !== handle);
        model.freed.push({ name, handle });
        return `free(${name})`;
      }),
    );
    const read = which.map((index) =>
      step<Model>(holds(1), async ({ held }, context) => {
        const one = pick(held, index);
        await look(context, one);
        return `read(${one.name})`;
      }),
    );
    const copy = fc.tuple(which, which, part, share).map(([from, to, place, at]) =>
      step<Model>(holds(2), async ({ held }, context) => {
        const source = pick(held, from);
        // Onto another one: what a copy onto itself does is declared, and has cases of its own.
        const others = held.filter((one) => one !== source);
        const destination = pick(others, to);
        const range = rangeIn(Math.min(source.bytes.length, destination.bytes.length), place);
        const target = Math.floor(at * (destination.bytes.length - range.count));
        await call(context, 'driver.memory.copy', {
          source: { allocation: source.handle, offsetBytes: String(range.from) },
          destination: { allocation: destination.handle, offsetBytes: String(target) },
          lengthBytes: String(range.count),
        });
        source.bytes.copy(destination.bytes, target, range.from, range.from + range.count);
        const { from: begin, count } = range;
        return `copy(${source.name}, ${begin}, ${destination.name}, ${target}, ${count})`;
      }),
    );
    const fill = fc
      .tuple(which, fc.constantFrom(...patterns, 1), byte, part)
      .map(([index, length, value, place]) =>
        step<Model>(
          ({ held }) =>
            held.length > 0 &&
            patterns.includes(length) &&
            pick(held, index).bytes.length >= length,
          async ({ held }, context) => {
            const one = pick(held, index);
            const { name, handle, bytes } = one;
            const pattern = Buffer.from(Array.from({ length }, (_, nth) => (value + nth) % 256));
            // Offset and length are whole patterns.
            const whole = rangeIn(Math.floor(bytes.length / length), place);
            const [from, count] = [whole.from * length, whole.count * length];
            await call(context, 'driver.memory.fill', {
              allocation: handle,
              offsetBytes: String(from),
              lengthBytes: String(count),
              pattern: pattern.toString('base64'),
            });
            bytes.fill(pattern, from, from + count);
            return `fill(${name}, ${from}, ${count}, ${pattern.toString('hex')})`;
          },
        ),
      );
    const copying = copies ? [copy, copy] : [];
    const filling = patterns.length > 0 ? [fill, fill] : [];
    return [allocate, allocate, write, write, ...copying, ...filling, read, free];
  };

const giveBack = async ({ held }: Model, context: Context): Promise<void> => {
  for (const { handle } of held) await call(context, 'driver.memory.free', { allocation: handle });
};

/** What is held has the bytes that it should have. */
const contentsHold = async (model: Model, context: Context): Promise<void> => {
  for (const one of model.held) await look(context, one);
  await giveBack(model, context);
};

/** What a handle may be used for. */
const usesOf = (allocation: string): [method: string, params: object][] => {
  const place = { allocation, offsetBytes: '0' };
  return [
    ['driver.memory.free', { allocation }],
    ['driver.memory.digest', { ...place, lengthBytes: '1' }],
    ['driver.memory.write', { ...place, data: { base64: 'AA==' } }],
    ['driver.memory.read', { ...place, lengthBytes: 1 }],
  ];
};

/** What was freed is gone, also where something else was allocated in its place. */
const handlesAreGone = async (model: Model, context: Context): Promise<void> => {
  for (const [index, { name, handle }] of model.freed.entries()) {
    const [method, params] = pick(usesOf(handle), index + model.made);
    const answer = await context.attempt(HANDLES, method, params);
    if (!isRefusal(HANDLES, refusal('HANDLE_INVALID'), answer)) {
      const what = `${method} of ${name}, which was freed`;
      throw new GoneHandle(`${what}: HANDLE_INVALID`, brief(answer));
    }
  }
  await giveBack(model, context);
};

/** Random sequences on one device, with those steps that it declares. */
const departingOn = (
  context: Context,
  { device, memory }: Device,
  finish: (model: Model, context: Context) => Promise<void>,
) => {
  const capabilities = context.identity?.capabilities ?? {};
  const patterns = declares(capabilities, 'driver.memory.fill')
    ? (memory.fillPatternBytes ?? []).filter((length) => length <= LARGEST)
    : [];
  return departing(context, {
    steps: stepsOn(device, declares(capabilities, 'driver.memory.copy'), patterns),
    model: (): Model => ({ taken: [], held: [], freed: [], made: 0 }),
    finish,
  });
};

const contents: Case = {
  id: 'DRV-MEM-001/sequences',
  title: 'after random sequences of legal calls, memory holds what a model of it holds',
  requirements: ['DRV-MEM-001'],
  expectations: [CONTENTS],
  premises: ['devices'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const found = await departingOn(context, device, contentsHold);
      context.expectation(CONTENTS, sidesOf(found), () => expect(found).to.equal(undefined));
    }
  },
};

const handles: Case = {
  id: 'DRV-MEM-006/sequences',
  title: 'after random sequences of legal calls, no handle that was freed names anything',
  requirements: ['DRV-MEM-006'],
  expectations: [HANDLES],
  premises: ['devices', 'carried-out'],
  needs: ['driver.memory'],
  kind: 'own',
  run: async (context) => {
    for (const device of await devicesOf(context)) {
      const found = await departingOn(context, device, handlesAreGone);
      const isHandle = found?.departure instanceof GoneHandle;
      // That a legal call was refused, or gave other bytes, is another row's.
      context.premise('carried-out', sidesOf(isHandle ? undefined : found), () =>
        expect(found === undefined || isHandle).to.equal(true),
      );
      context.expectation(HANDLES, sidesOf(found), () => expect(found).to.equal(undefined));
    }
  },
};

export const sequenceCases: readonly Case[] = [contents, handles];
