// A process that does a part of a selftest (selftest-parts.ts).
import { once } from 'node:events';
import { doHere, type Part } from './selftest-parts.ts';

const [part] = (await once(process, 'message')) as [Part];
await doHere(part, (told) => process.send?.(told));
// What is sent last is on its way when this is closed; idle threads of references would keep the process.
process.once('disconnect', () => process.exit());
process.disconnect();
