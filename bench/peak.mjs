// Loaded before a program (`node --import`): at its end, writes the most memory that it held, in kB, to the
// file that BENCH_PEAK names. Its children are not counted.
import { writeFileSync } from 'node:fs';

const path = process.env['BENCH_PEAK'];
process.on('exit', () => writeFileSync(path, String(process.resourceUsage().maxRSS)));
