// A look at one driver, in a process that may crash or hang in its place: `probe.js FILE`. What it found
// goes to the file; no file means that nothing is there that could be served.
import { writeFileSync } from 'node:fs';
import { commandsOn } from './commands.ts';
import { loadVulkan } from './library.ts';
import { physicalDevice } from './queries.ts';

const [, , file = ''] = process.argv;

const vk = await loadVulkan();
const commands = commandsOn(vk);
const found = commands
  .physicalDevices(commands.createInstance())
  .flatMap((handle) => physicalDevice(vk, handle) ?? []);
const [first] = found;
if (first) {
  const names = found.map(({ name }) => name);
  writeFileSync(file, `${first.driverName || 'Vulkan'}: ${names.join(', ')}`);
}
// The answer is given: no teardown of a driver may take its time after it.
process.kill(process.pid, 'SIGKILL');
