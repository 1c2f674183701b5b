// The least that a process between suite and engine costs: requests that a run made, sent to one process of the
// adapter by a client that awaits each reply and looks at nothing but the handles of models.
// `node-tests-piped.js FILE`, where bench/node-tests.ts put them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineByLine } from './ping-pong.ts';

/** A request, and the handle of a model that it has, or that its reply gave: those of the run, for which there are others. */
export interface Piped {
  readonly text: string;
  readonly has?: string;
  readonly gave?: string;
}

const [, , file = ''] = process.argv;
const requests = JSON.parse(readFileSync(file, 'utf8')) as Piped[];
const { ask, close } = lineByLine([
  join('dist', 'adapters', 'onnxruntime', 'endpoint.cjs'),
  'node',
]);
const handles = new Map<string, string>();
for (const { text, has, gave } of requests) {
  const line = has === undefined ? text : text.replace(has, handles.get(has) ?? has);
  const { result } = (await ask(line)) as { result?: { model?: string } };
  if (gave !== undefined && result?.model !== undefined) handles.set(gave, result.model);
}
close();
process.stdout.write(`${requests.length}\n`);
