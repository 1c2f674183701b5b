// The thread that mutants are tried in (mutants-tried.ts).
import { parentPort, workerData } from 'node:worker_threads';
import { tryHere } from './mutants-tried.ts';

await tryHere(workerData, (outcome) => parentPort?.postMessage(outcome));
// Idle threads of references would keep it.
process.exit();
