// A process that does a part of a selftest (selftest-parts.ts).
import { once } from 'node:events';
import { subjectsOf } from './conformant.ts';
import { doHere, type Part } from './selftest-parts.ts';

const [part] = (await once(process, 'message')) as [Part];
const subjects = await subjectsOf(part.scratch, part.target);
await doHere(part, subjects, (told) => process.send?.(told));
// What is sent last is on its way when this is closed; idle threads of references would keep the process.
process.once('disconnect', () => process.exit());
process.disconnect();
