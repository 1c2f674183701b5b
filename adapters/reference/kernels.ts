// The modules of a session of the reference and their kernels, which are launched in its streams.
import type { Extent, KernelArgument } from '../../schemas/generated/types.ts';
import { HandleTable } from '../kit/handles.ts';
import type { Handlers } from '../kit/serve.ts';
import { type Devices, FORMAT, KERNELS } from './device.ts';
import { type Argument, importsFor } from './launch.ts';
import type { Memory } from './memory.ts';
import { refused } from './refused.ts';
import type { Streams } from './streams.ts';
import {
  type CompiledModule,
  compile,
  exportedFunctions,
  importsOf,
  instantiate,
} from './web-assembly.ts';

interface Module {
  readonly compiled: CompiledModule;
  /** The handles of its kernels. */
  readonly kernels: string[];
}

interface Kernel {
  readonly module: CompiledModule;
  readonly name: string;
  readonly parameters: number;
}

/** What a module can ask for: nothing of a launch is needed to see whether it does. */
const NOWHERE = importsFor([], { local: [], group: [], size: [], groups: [], phase: 0 });

const moduleFrom = (bytes: Uint8Array): CompiledModule => {
  try {
    const compiled = compile(bytes);
    const known = Object.keys(NOWHERE).map((name) => `device.${name}`);
    if (importsOf(compiled).every((one) => known.includes(one))) return compiled;
  } catch {
    // It is refused as one that asks for what is not there.
  }
  throw refused('MODULE_INVALID');
};

const itemsOf = ({ x, y, z }: Extent): number => x * y * z;

const isWithin = (size: Extent, most: Extent): boolean =>
  size.x <= most.x && size.y <= most.y && size.z <= most.z;

/** The modules and kernels of one session. */
export class Kernels {
  readonly #devices: Devices;
  readonly #memory: Memory;
  readonly #streams: Streams;
  readonly #modules = new HandleTable<Module>('module');
  readonly #kernels = new HandleTable<Kernel>('kernel');
  #launches = 0;

  constructor(devices: Devices, memory: Memory, streams: Streams) {
    this.#devices = devices;
    this.#memory = memory;
    this.#streams = streams;
  }

  readonly handlers: Handlers = {
    'driver.module.load': ({ device, format, base64 }) => {
      this.#devices.get(device);
      if (format !== FORMAT) throw refused('MODULE_INVALID');
      const compiled = moduleFrom(Buffer.from(base64, 'base64'));
      return { module: this.#modules.add({ compiled, kernels: [] }) };
    },
    'driver.module.unload': ({ module }) => {
      for (const kernel of this.#modules.remove(module).kernels) this.#kernels.remove(kernel);
      return {};
    },
    'driver.kernel.get': ({ module, name }) => {
      const { compiled, kernels } = this.#modules.get(module);
      if (!exportedFunctions(compiled).includes(name)) throw refused('KERNEL');
      const parameters = instantiate(compiled, { device: NOWHERE }, name)?.length ?? 0;
      const kernel = this.#kernels.add({ module: compiled, name, parameters });
      kernels.push(kernel);
      return { kernel, maxGroupItems: KERNELS.maxGroupItems };
    },
    'driver.kernel.launch': ({ stream, kernel, groups, groupSize, arguments: given }) => {
      const into = this.#streams.find(stream);
      const { module, name, parameters } = this.#kernels.get(kernel);
      const passed = given.map((one) => this.#argument(one));
      into.notCaptured();
      if (passed.length < parameters) throw refused('ARGS_UNSET');
      if (passed.length > parameters || passed.includes(undefined)) throw refused('ARGUMENT');
      const kept = passed.flatMap((one) => one ?? []);
      const local = kept.reduce((sum, one) => sum + (one.kind === 'local' ? one.length : 0), 0);
      const fits =
        itemsOf(groupSize) <= KERNELS.maxGroupItems &&
        isWithin(groupSize, KERNELS.maxGroupSize) &&
        isWithin(groups, KERNELS.maxGroups) &&
        local <= KERNELS.maxLocalBytes;
      if (!fits) throw refused('LAUNCH_GEOMETRY');
      this.#launches += 1;
      const command = `launch-${this.#launches}`;
      into.put({ kind: 'launch', command, module, name, groups, groupSize, arguments: kept });
      return { command };
    },
  };

  /** What a parameter is given; undefined where its size is not one that this format has. */
  #argument(given: KernelArgument): Argument | undefined {
    if ('allocation' in given) {
      const allocation = this.#memory.get(given.allocation);
      const { sizeBytes } = allocation.backing;
      return { kind: 'allocation', pieces: this.#memory.range(allocation, '0', BigInt(sizeBytes)) };
    }
    if ('localBytes' in given) return { kind: 'local', length: given.localBytes };
    const bytes = Buffer.from(given.scalar, 'base64');
    return bytes.length === 4 ? { kind: 'number', bits: bytes.readInt32LE() } : undefined;
  }
}
