// The least that runs ONNX's node tests with onnxruntime-node: a loop that loads each model, runs it on its data, and
// looks at no result. `node-tests-bare.js FOLDER`; it prints how many ran.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ARRAYS, type EngineTensor, loadEngine } from '../adapters/onnxruntime/engine.ts';
import { datumOf } from '../core/onnx/data-of-bytes.ts';
import { outlineOf } from '../core/onnx/outline.ts';

const [, , folder = ''] = process.argv;
const { InferenceSession, Tensor } = await loadEngine('node');

/** The input that a file holds; undefined where the engine's interface has no tensor for it. */
const inputOf = (path: string, kind: Parameters<typeof datumOf>[1]): EngineTensor | undefined => {
  const datum = datumOf(readFileSync(path), kind);
  const make = 'bytes' in datum ? ARRAYS[datum.type] : undefined;
  if (!make || !('bytes' in datum)) return undefined;
  const own = new ArrayBuffer(datum.bytes.length);
  new Uint8Array(own).set(datum.bytes);
  return new Tensor(datum.type, make(own), datum.shape);
};

let ran = 0;
for (const name of readdirSync(folder)) {
  const model = readFileSync(join(folder, name, 'model.onnx'));
  const { inputs, outputs } = outlineOf(model);
  const feeds = inputs.map(({ name: input, kind }, index) => {
    const path = join(folder, name, 'test_data_set_0', `input_${index}.pb`);
    return [input, inputOf(path, kind)] as const;
  });
  if (feeds.some(([, tensor]) => !tensor)) continue;
  try {
    const session = await InferenceSession.create(model, { logSeverityLevel: 3 });
    await session.run(
      Object.fromEntries(feeds) as Record<string, EngineTensor>,
      outputs.map((one) => one.name),
    );
    await session.release();
    ran += 1;
  } catch {
    // It has not the operator, or not for the type.
  }
}
process.stdout.write(`${ran}\n`);
