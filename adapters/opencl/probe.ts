// A look at one implementation, in a process that may crash or hang in its place: `probe.js FILE`. What
// it found goes to the file; no file means that nothing is there.
import { writeFileSync } from 'node:fs';
import { loadOpenCl } from './library.ts';
import { DEVICE, PLATFORM, platformOf, queriesOn } from './queries.ts';

const [, , file = ''] = process.argv;

const queries = queriesOn(await loadOpenCl());
const platform = platformOf(queries);
const names = queries.devices(platform).map((one) => queries.deviceText(one, DEVICE.name));
writeFileSync(file, `${queries.platformText(platform, PLATFORM.name)}: ${names.join(', ')}`);
// The answer is given: no teardown of a driver may take its time after it.
process.kill(process.pid, 'SIGKILL');
