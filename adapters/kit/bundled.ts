// The command that starts an adapter's endpoint as scripts/bundle.mjs makes it: one file, with V8's code beside it.
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('./start.cjs', import.meta.url));

/** To be followed by the endpoint's own arguments. */
export const bundled = (program: URL): readonly string[] => [
  process.execPath,
  start,
  fileURLToPath(program),
];
