// The modules of a session and their kernels. An OpenCL kernel keeps its arguments from one launch to the next, so
// each launch has a kernel object of its own: what it leaves unset is unset, and the driver says so.
import type { Extent, KernelArgument } from '../../schemas/generated/types.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import type { Commands } from './commands.ts';
import type { Devices } from './devices.ts';
import type { Pointer } from './library.ts';
import type { Memory } from './memory.ts';
import type { Streams } from './streams.ts';

interface Module {
  readonly program: Pointer;
  readonly device: Pointer;
  /** The handles of its kernels. */
  readonly kernels: string[];
}

interface Kernel {
  readonly program: Pointer;
  readonly name: string;
}

const sizes = ({ x, y, z }: Extent): bigint[] => [x, y, z].map(BigInt);

export class Kernels {
  readonly #commands: Commands;
  readonly #memory: Memory;
  readonly #modules = new HandleTable<Module>('module');
  readonly #kernels = new HandleTable<Kernel>('kernel');
  readonly handlers: Handlers;

  constructor(commands: Commands, devices: Devices, memory: Memory, streams: Streams) {
    this.#commands = commands;
    this.#memory = memory;
    this.handlers = {
      'driver.module.load': ({ device: id, format, base64 }) => {
        const { context, device } = devices.open(id);
        const program = this.#create(context, format, Buffer.from(base64, 'base64'));
        try {
          commands.build(program, device);
        } catch (error) {
          commands.releaseProgram(program);
          throw error;
        }
        return { module: this.#modules.add({ program, device, kernels: [] }) };
      },
      'driver.module.unload': ({ module }) => {
        const { program, kernels } = this.#modules.remove(module);
        for (const kernel of kernels) this.#kernels.remove(kernel);
        // OpenCL keeps it for the launches that are not complete.
        commands.releaseProgram(program);
        return {};
      },
      'driver.kernel.get': ({ module, name }) => {
        const { program, device, kernels } = this.#modules.get(module);
        const maxGroupItems = this.#with(program, name, (made) =>
          commands.groupSizeOf(made, device),
        );
        const kernel = this.#kernels.add({ program, name });
        kernels.push(kernel);
        return { kernel, maxGroupItems };
      },
      'driver.kernel.launch': ({ stream, kernel, groups, groupSize, arguments: given }) => {
        const into = streams.get(stream);
        const { program, name } = this.#kernels.get(kernel);
        const values = given.map((one) => this.#valueOf(one));
        this.#with(program, name, (made) => {
          for (const [index, { size, value }] of values.entries()) {
            commands.setArgument(made, index, size, value);
          }
          const local = sizes(groupSize);
          const global = sizes(groups).map((count, index) => count * (local[index] ?? 1n));
          into.launch(made, global, local);
        });
        return {};
      },
    };
  }

  release(): void {
    this.#kernels.drain();
    for (const { program } of this.#modules.drain()) this.#commands.releaseProgram(program);
  }

  #create(context: Pointer, format: string, bytes: Uint8Array): Pointer {
    const { createFromSource, createFromIntermediate } = this.#commands;
    if (format === 'opencl-c') return createFromSource(context, bytes);
    if (format.startsWith('spirv-kernel-') && createFromIntermediate) {
      return createFromIntermediate(context, bytes);
    }
    // OpenCL has no call for it.
    throw new Refusal('MODULE_INVALID', 'adapter', { message: `no form ${format}` });
  }

  /** Makes a kernel object for as long as `use` runs; commands that name it keep it. */
  #with<T>(program: Pointer, name: string, use: (kernel: Pointer) => T): T {
    const kernel = this.#commands.createKernel(program, name);
    try {
      return use(kernel);
    } finally {
      this.#commands.releaseKernel(kernel);
    }
  }

  /** What clSetKernelArg takes for an argument. */
  #valueOf(given: KernelArgument): { readonly size: number; readonly value: Uint8Array | null } {
    if ('localBytes' in given) return { size: given.localBytes, value: null };
    if ('scalar' in given) {
      const value = Buffer.from(given.scalar, 'base64');
      return { size: value.length, value };
    }
    const { buffer } = this.#memory.place({ allocation: given.allocation, offsetBytes: '0' });
    const value = Buffer.alloc(8);
    value.writeBigUInt64LE(buffer);
    return { size: value.length, value };
  }
}
