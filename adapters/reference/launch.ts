// Carries out a launch of a kernel in the format wasm-kernel-1.0 (spec/kernel.md, section 6): one work item after
// another, and again all of a group as long as they return at a barrier.
import type { Extent } from '../../schemas/generated/types.ts';
import { isInPlace, type Pieces, read, write } from './pieces.ts';
import { type CompiledModule, type Imports, instantiate } from './web-assembly.ts';

type Value =
  | { readonly kind: 'number'; readonly bits: number }
  | { readonly kind: 'local'; readonly length: number };

/** What a parameter is given. */
export type Argument = Value | { readonly kind: 'allocation'; readonly pieces: Pieces };

/** What a kernel reaches by it. */
type Reached = Value | { readonly kind: 'allocation'; readonly bytes: Uint8Array };

export interface Launch {
  readonly kind: 'launch';
  readonly module: CompiledModule;
  readonly name: string;
  readonly groups: Extent;
  readonly groupSize: Extent;
  readonly arguments: readonly Argument[];
}

/** One item's place, which the items of a launch share and take in turns. */
interface Place {
  readonly local: number[];
  readonly group: number[];
  readonly size: readonly number[];
  readonly groups: readonly number[];
  phase: number;
}

const triple = ({ x, y, z }: Extent): number[] => [x, y, z];

/** Bytes that a kernel reaches by the number of their parameter. What lies outside throws: the launch fails. */
const viewsOf = (given: readonly Reached[]) =>
  given.map((argument) => {
    if (argument.kind === 'number') return undefined;
    const bytes = argument.kind === 'local' ? new Uint8Array(argument.length) : argument.bytes;
    return {
      bytes: new DataView(bytes.buffer, bytes.byteOffset, bytes.length),
      words: new Int32Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 4)),
    };
  });

/** The functions that a module can import, by name. */
export const importsFor = (given: readonly Reached[], place: Place): Imports => {
  const views = viewsOf(given);
  const of = (buffer = -1) => {
    const view = views[buffer];
    if (!view) throw new RangeError(`parameter ${buffer} is given no memory`);
    return view;
  };
  const word = (offset = 0): number => {
    if (offset % 4 !== 0) throw new RangeError(`no word begins at byte ${offset >>> 0}`);
    return offset >>> 2;
  };
  const by =
    (values: readonly number[]) =>
    (dimension = 0) =>
      values[dimension] ?? 0;
  return {
    load8: (buffer, offset = 0) => of(buffer).bytes.getUint8(offset >>> 0),
    load32: (buffer, offset = 0) => of(buffer).bytes.getInt32(offset >>> 0, true),
    store8: (buffer, offset = 0, value = 0) => {
      of(buffer).bytes.setUint8(offset >>> 0, value);
      return 0;
    },
    store32: (buffer, offset = 0, value = 0) => {
      of(buffer).bytes.setInt32(offset >>> 0, value, true);
      return 0;
    },
    add32: (buffer, offset, value = 0) => Atomics.add(of(buffer).words, word(offset), value),
    global_id: (dimension = 0) =>
      (place.group[dimension] ?? 0) * (place.size[dimension] ?? 0) + (place.local[dimension] ?? 0),
    local_id: by(place.local),
    group_id: by(place.group),
    group_size: by(place.size),
    group_count: by(place.groups),
    phase: () => place.phase,
  };
};

/** Puts `at` to each place below `size` in turn. */
function* placesIn(size: readonly number[], at: number[]): Generator<void> {
  const [width = 0, height = 0, depth = 0] = size;
  for (let z = 0; z < depth; z += 1) {
    for (let y = 0; y < height; y += 1) {
      for (let x = 0; x < width; x += 1) {
        at[0] = x;
        at[1] = y;
        at[2] = z;
        yield;
      }
    }
  }
}

/** Throws where the kernel does what it must not. */
export const carryOut = (launch: Launch): void => {
  const place: Place = {
    local: [0, 0, 0],
    group: [0, 0, 0],
    size: triple(launch.groupSize),
    groups: triple(launch.groups),
    phase: 0,
  };
  const given = launch.arguments.map(
    (one): Reached =>
      one.kind === 'allocation' ? { kind: 'allocation', bytes: read(one.pieces) } : one,
  );
  const device = importsFor(given, place);
  const kernel = instantiate(launch.module, { device }, launch.name);
  if (!kernel) throw new Error(`no kernel ${launch.name}`);
  const numbers = given.map((one, index) => (one.kind === 'number' ? one.bits : index));
  const { groupSize } = launch;
  const items = groupSize.x * groupSize.y * groupSize.z;
  for (const _group of placesIn(place.groups, place.group)) {
    let waiting = items;
    for (place.phase = 0; waiting > 0; place.phase += 1) {
      waiting = 0;
      for (const _item of placesIn(place.size, place.local)) {
        if (kernel(...numbers) !== 0) waiting += 1;
      }
      // Whoever waits at a barrier that others never reach waits for ever.
      if (waiting % items !== 0) throw new Error('a barrier that not all items reach');
    }
  }
  // What lies in a file, or in several places, was worked on in a copy.
  for (const [index, one] of launch.arguments.entries()) {
    const reached = given[index];
    if (one.kind !== 'allocation' || reached?.kind !== 'allocation') continue;
    if (!isInPlace(one.pieces)) write(one.pieces, reached.bytes);
  }
};
