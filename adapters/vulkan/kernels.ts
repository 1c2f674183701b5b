// The modules of a session and their kernels, which are launched in its streams. Vulkan has no answer to a module, a
// name or a launch that is not valid, so what can be seen is checked first: spirv.ts, rules.ts.
import type { KernelArgument } from '../../schemas/generated/types.ts';
import { HandleTable } from '../kit/handles.ts';
import { Refusal } from '../kit/refusal.ts';
import type { Handlers } from '../kit/serve.ts';
import { programFormats } from './description.ts';
import type { OpenDevice } from './device.ts';
import type { Devices } from './devices.ts';
import type { Allocation, Memory } from './memory.ts';
import type { Program } from './programs.ts';
import { admitArguments, admitGeometry, admitModule, admitTogether } from './rules.ts';
import { InvalidModule, type Shape, shapeOf } from './spirv.ts';
import { notCaptured, put, type Streams } from './streams.ts';

interface Module {
  readonly on: OpenDevice;
  readonly program: Program;
  /** The handles of its kernels. */
  readonly kernels: string[];
}

interface Kernel {
  readonly on: OpenDevice;
  readonly program: Program;
  readonly name: string;
}

const invalid = (message: string): Refusal => new Refusal('MODULE_INVALID', 'adapter', { message });

const shapeFrom = (bytes: Uint8Array, newest: number): Shape => {
  try {
    return shapeOf(bytes, newest);
  } catch (error) {
    if (error instanceof InvalidModule) throw invalid(error.message);
    throw error;
  }
};

/** The modules and kernels of one session. */
export class Kernels {
  readonly #devices: Devices;
  readonly #memory: Memory;
  readonly #streams: Streams;
  readonly #modules = new HandleTable<Module>('module');
  readonly #kernels = new HandleTable<Kernel>('kernel');

  constructor(devices: Devices, memory: Memory, streams: Streams) {
    this.#devices = devices;
    this.#memory = memory;
    this.#streams = streams;
  }

  readonly handlers: Handlers = {
    'driver.module.load': ({ device, format, base64 }) => {
      const on = this.#devices.named(device);
      if (!programFormats(on.physical).includes(format)) throw invalid(`no form ${format}`);
      const bytes = Buffer.from(base64, 'base64');
      const shape = shapeFrom(bytes, Number(format.split('.').at(-1)));
      admitModule(shape, on.physical.launches);
      const program = on.programs.create(bytes, shape);
      return { module: this.#modules.add({ on, program, kernels: [] }) };
    },
    'driver.module.unload': ({ module }) => {
      const { on, program, kernels } = this.#modules.remove(module);
      for (const kernel of kernels) this.#kernels.remove(kernel);
      on.submissions.tidy();
      program.kept.letGo();
      return {};
    },
    'driver.kernel.get': ({ module, name }) => {
      const { on, program, kernels } = this.#modules.get(module);
      // VUID-VkPipelineShaderStageCreateInfo-pName-00707: an entry point of the module.
      if (!program.shape.entryPoints.includes(name)) throw new Refusal('KERNEL', 'adapter');
      const kernel = this.#kernels.add({ on, program, name });
      kernels.push(kernel);
      return { kernel, maxGroupItems: on.physical.launches.maxGroupItems };
    },
    'driver.kernel.launch': ({ stream, kernel, groups, groupSize, arguments: given }) => {
      const into = this.#streams.get(stream);
      const { on, program, name } = this.#kernels.get(kernel);
      const { buffers, numbers, locals } = this.#byKind(given);
      notCaptured(into);
      for (const one of [on, ...buffers.map((buffer) => buffer.on)]) admitTogether(into.on, one);
      const { launches } = on.physical;
      admitArguments({ buffers, numbers, locals }, program.shape, launches);
      const localBytes = locals.reduce((sum, one) => sum + one, 0);
      admitGeometry(groups, groupSize, localBytes, launches);
      put(into, (_recorder, recording) =>
        on.programs.launch(recording, program, {
          name,
          groups,
          groupSize,
          buffers,
          numbers,
          locals,
        }),
      );
      return {};
    },
  };

  release(): void {
    this.#kernels.drain();
    for (const { program } of this.#modules.drain()) program.kept.letGo();
  }

  /** A shader has no list of parameters: each kind is counted by itself. */
  #byKind(given: readonly KernelArgument[]) {
    const buffers: Allocation[] = [];
    const numbers: Buffer[] = [];
    const locals: number[] = [];
    for (const one of given) {
      if ('allocation' in one) buffers.push(this.#memory.get(one.allocation));
      else if ('scalar' in one) numbers.push(Buffer.from(one.scalar, 'base64'));
      else locals.push(one.localBytes);
    }
    return { buffers, numbers, locals };
  }
}
