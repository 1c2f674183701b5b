// The process that mutants are tried in (mutants-tried.ts).
import { once } from 'node:events';
import { type ToTry, tryHere } from './mutants-tried.ts';

const [toTry] = (await once(process, 'message')) as [ToTry];
await tryHere(toTry, (outcome) => process.send?.(outcome));
// What is sent last is on its way when this is closed; idle threads of references would keep the process.
process.once('disconnect', () => process.exit());
process.disconnect();
