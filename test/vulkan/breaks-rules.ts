// A program that asks of a Vulkan driver all that the adapter's rules.ts refuses to ask: what a validation
// layer says of it is the second opinion on each rule. `breaks-rules.js LAST` ends with a `copy`, or another
// submission, between two devices; prints what cannot be tried here.
import { commandsOn } from '../../adapters/vulkan/commands.ts';
import { loadVulkan } from '../../adapters/vulkan/library.ts';
import { physicalDevice } from '../../adapters/vulkan/queries.ts';
import { BUILT } from '../../suites/driver/kernels/built.ts';

const [, , last = 'copy'] = process.argv;

/** More allocations than this are not made to see the last one refused. */
const MANY = 10_000;
const TRANSFERS = 0x3;
const STORAGE = 0x20;
const SIZE = 1024n;

/** The layer stops such a call, and answers in the driver's place; without it nothing may be said. */
const wrong = (call: () => unknown): void => {
  try {
    call();
  } catch {
    // What is wanted is what the layer writes.
  }
};

const vk = await loadVulkan();
const commands = commandsOn(vk);
const instance = commands.createInstance();
const [device] = commands
  .physicalDevices(instance)
  .flatMap((handle) => physicalDevice(vk, handle) ?? []);
if (!device) throw new Error('no device');
const { handle, queueFamily, memory } = device;

const open = () => {
  const on = commands.createDevice(handle, queueFamily, device);
  const buffer = commands.createBuffer(on, SIZE, TRANSFERS);
  const { size } = commands.requirementsOf(on, buffer);
  commands.bind(on, buffer, commands.allocateMemory(on, size, 0, false));
  return { on, buffer };
};
const { on, buffer } = open();

wrong(() => commands.createBuffer(on, 0n, TRANSFERS));
const { maxBufferSize } = memory;
if (maxBufferSize !== undefined && maxBufferSize < 2n ** 64n - 1n) {
  wrong(() => commands.createBuffer(on, maxBufferSize + 1n, TRANSFERS));
} else {
  console.log('not tried: VUID-VkBufferCreateInfo-size-06409');
}
wrong(() => commands.allocateMemory(on, (memory.heaps[0]?.size ?? 0n) + 1n, 0, false));
const small = commands.allocateMemory(on, 64n, 0, false);
wrong(() => commands.bind(on, commands.createBuffer(on, SIZE, TRANSFERS), small));

const recording = commands.allocateCommands(on, commands.createPool(on, queueFamily));
commands.begin(recording);
const at = (offset: bigint) => ({ buffer, offset });
wrong(() => commands.copy(recording, at(SIZE), at(0n), 1n));
wrong(() => commands.copy(recording, at(0n), at(SIZE), 1n));
wrong(() => commands.copy(recording, at(SIZE - 8n), at(0n), 16n));
wrong(() => commands.copy(recording, at(0n), at(SIZE - 8n), 16n));
wrong(() => commands.copy(recording, at(0n), at(8n), 16n));
wrong(() => commands.copy(recording, at(0n), at(512n), 0n));
wrong(() => commands.fill(recording, at(SIZE), 4n, 0));
wrong(() => commands.fill(recording, at(SIZE - 8n), 16n, 0));
wrong(() => commands.fill(recording, at(2n), 4n, 0));
wrong(() => commands.fill(recording, at(0n), 6n, 0));
wrong(() => commands.fill(recording, at(0n), 0n, 0));

// Programs and launches.
const { launches } = device;
const shaderOf = (name: 'copy' | 'reduce') =>
  commands.createShader(on, Buffer.from(BUILT[name]['spirv-shader-1.0'], 'base64'));
const setLayout = commands.createSetLayout(on, 2);
const layout = commands.createLayout(on, setLayout, 4);
const [copying, reducing] = [shaderOf('copy'), shaderOf('reduce')];
const pipeline = commands.createPipeline(on, copying, layout, 'copy', [1, 1, 1]);
const set = commands.allocateSet(on, commands.createSetPool(on, 2), setLayout);
wrong(() => commands.createLayout(on, commands.createSetLayout(on, launches.maxBuffers + 1), 0));
wrong(() => commands.createLayout(on, setLayout, launches.maxPushedBytes + 4));
wrong(() => {
  const large = commands.createBuffer(on, BigInt(launches.maxBufferBytes) + 4n, STORAGE);
  const { size } = commands.requirementsOf(on, large);
  commands.bind(on, large, commands.allocateMemory(on, size, 0, false));
  commands.updateSet(on, set, 0, large);
});
wrong(() =>
  commands.createPipeline(on, copying, layout, 'copy', [launches.maxGroupSize.x + 1, 1, 1]),
);
wrong(() => {
  const { maxLocalBytes } = launches;
  commands.createPipeline(on, reducing, layout, 'reduce', [1, 1, 1, maxLocalBytes + 4]);
});
commands.bindPipeline(recording, pipeline);
wrong(() => commands.dispatch(recording, 1, 1, 1));
commands.bindSet(recording, layout, set);
wrong(() => commands.dispatch(recording, launches.maxGroups.x + 1, 1, 1));
wrong(() => commands.push(recording, layout, Buffer.alloc(8)));

if (memory.maxMemoryAllocationCount <= MANY) {
  wrong(() => {
    // One is there already.
    for (let made = 0; made < memory.maxMemoryAllocationCount; made += 1) {
      commands.allocateMemory(on, 64n, 0, false);
    }
  });
} else {
  console.log('not tried: VUID-vkAllocateMemory-maxMemoryAllocationCount-04101');
}
const signalled = { semaphore: commands.createTimeline(on), value: 1n };
commands.signal(on, signalled);
wrong(() => commands.signal(on, signalled));

// The last, and one of the two: the layer reports it and may die of it.
const other = open();
if (last === 'copy') {
  wrong(() => commands.copy(recording, at(0n), { buffer: other.buffer, offset: 0n }, 16n));
} else {
  const foreign = { semaphore: commands.createTimeline(other.on), value: 0n };
  const queue = commands.queueOf(on, queueFamily);
  wrong(() => commands.submitBetween(queue, [foreign], [], { ...signalled, value: 2n }));
}
// Nothing of it was submitted, and nothing is torn down.
process.kill(process.pid, 'SIGKILL');
