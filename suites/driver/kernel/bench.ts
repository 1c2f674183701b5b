// What the cases of kernels need alike: the reference kernels on one device, loaded in a form that it takes,
// memory for them, and launches.
import { expect } from 'chai';
import type { Context, ExpectationId } from '../../../core/case.ts';
import type {
  Device,
  DeviceKernels,
  Extent,
  KernelArgument,
} from '../../../schemas/generated/types.ts';
import { succeeds } from '../../support.ts';
import { allocate, digests, MESSAGE, readsBack } from '../memory/bytes.ts';
import type { Held } from '../memory/routes.ts';
import { devicesWith, Ground } from '../stream/ground.ts';
import { type BuiltFormat, isBuilt, type KernelName, moduleOf } from './formats.ts';

/** What a launch is of, beside its stream. */
export interface Launch {
  readonly kernel: string;
  readonly groups: Extent;
  readonly groupSize: Extent;
  readonly arguments: readonly KernelArgument[];
}

/** A kernel, and how many work items its groups can have on the device. */
export interface Kernel {
  readonly kernel: string;
  readonly maxGroupItems: number;
}

export const line = (x: number): Extent => ({ x, y: 1, z: 1 });

export const number = (value: number): KernelArgument => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return { scalar: bytes.toString('base64') };
};

export const float = (value: number): KernelArgument => {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return { scalar: bytes.toString('base64') };
};

/** Words as a device has them in its memory. */
export const wordsOf = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeUInt32LE(value >>> 0, index * 4);
  return bytes;
};

/** The same of 32-bit floats. */
export const floatsOf = (values: readonly number[]): Buffer => {
  const bytes = Buffer.alloc(values.length * 4);
  for (const [index, value] of values.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes;
};

export const readWords = (bytes: Buffer): number[] =>
  Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readUInt32LE(index * 4));

/** The devices that cases of kernels try: those that take the reference kernels in some form. */
export const devicesWithKernels = async (context: Context): Promise<Device[]> => {
  const devices = (await devicesWith(context)).filter(
    ({ kernels, programFormats }) => kernels && programFormats.some(isBuilt),
  );
  if (devices.length === 0) {
    context.nothing('no device takes a form of program in which the reference kernels are there');
  }
  return devices;
};

/** One device's kernels, streams and memory, which are given back together. */
export class Bench extends Ground {
  readonly limits: DeviceKernels;
  readonly format: BuiltFormat;
  readonly #modules: string[] = [];

  /** `format`: one that the device takes; the first of those where none is given. */
  constructor(context: Context, device: Device, format = device.programFormats.find(isBuilt)) {
    super(context, device);
    if (!format || !device.kernels) throw new Error('devicesWithKernels gives such devices alone');
    this.format = format;
    this.limits = device.kernels;
  }

  /** Loads a module, and states that it can be. */
  async load(expectation: ExpectationId, name: KernelName): Promise<string> {
    const { module } = await succeeds(this.context, expectation, 'driver.module.load', {
      device: this.device,
      format: this.format,
      base64: moduleOf(name, this.format).toString('base64'),
    });
    this.#modules.push(module);
    return module;
  }

  /** A kernel of a module of its own, of which it is stated that it can be had. */
  async kernel(expectation: ExpectationId, name: KernelName): Promise<Kernel> {
    const module = await this.load(expectation, name);
    return succeeds(this.context, expectation, 'driver.kernel.get', { module, name });
  }

  /** Puts a launch into a stream, and states that it can be; says what it is called. */
  async launch(
    expectation: ExpectationId,
    stream: string,
    launch: Launch,
  ): Promise<string | undefined> {
    const { command } = await succeeds(this.context, expectation, 'driver.kernel.launch', {
      ...launch,
      stream,
      arguments: [...launch.arguments],
    });
    return command;
  }

  /** Launches are carried out, not just taken: states that the stream completes. */
  async completes(expectation: ExpectationId, stream: string): Promise<void> {
    const { state } = await succeeds(this.context, expectation, 'driver.stream.synchronize', {
      stream,
    });
    this.context.expectation(expectation, { expected: 'complete', observed: state }, () =>
      expect(state).to.equal('complete'),
    );
  }

  /** Launches a kernel over `items` items in one dimension, in at most `most` groups, with items to spare in the last, to its end. */
  async overAll(
    expectation: ExpectationId,
    name: KernelName,
    items: number,
    given: readonly KernelArgument[],
    most?: number,
  ): Promise<void> {
    const kernel = await this.kernel(expectation, name);
    const stream = await this.stream();
    const size = this.lineOf(kernel, most === undefined ? 64 : Math.ceil(items / most));
    await this.launch(expectation, stream, {
      kernel: kernel.kernel,
      groups: line(Math.ceil(items / size)),
      groupSize: line(size),
      arguments: given,
    });
    await this.completes(expectation, stream);
  }

  /** Signals what holds a stream with launches: they may be carried out within the call. */
  async release(expectation: ExpectationId, event: string): Promise<void> {
    await succeeds(this.context, expectation, 'driver.event.host.signal', { event });
  }

  /** Memory with these contents. */
  async holding(bytes: Buffer): Promise<Held> {
    const allocation = this.keepMemory(await allocate(this.context, this.device, bytes.length));
    for (let at = 0; at < bytes.length; at += MESSAGE) {
      const data = { base64: bytes.subarray(at, at + MESSAGE).toString('base64') };
      const offsetBytes = String(at);
      await this.context.given('driver.memory.write', { allocation, offsetBytes, data });
    }
    return { allocation, bytes };
  }

  /** The longest line of items that a group of a kernel can be, up to `most`. */
  lineOf({ maxGroupItems }: Kernel, most: number): number {
    return Math.min(most, maxGroupItems, this.limits.maxGroupSize.x);
  }

  /** Ends a module before the case does. */
  async unload(expectation: ExpectationId, module: string): Promise<void> {
    await succeeds(this.context, expectation, 'driver.module.unload', { module });
    this.#modules.splice(this.#modules.indexOf(module), 1);
  }

  override async leave(): Promise<void> {
    await super.leave();
    for (const module of this.#modules) {
      await this.context.given('driver.module.unload', { module });
    }
  }
}

/** States that memory holds these bytes and no others: read where one message holds them. */
export const holds = (
  { context }: Ground,
  expectation: ExpectationId,
  { allocation }: Held,
  bytes: Buffer,
): Promise<void> =>
  bytes.length <= MESSAGE
    ? readsBack(context, expectation, allocation, 0, bytes)
    : digests(context, expectation, allocation, 0, bytes);
