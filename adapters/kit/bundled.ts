// The command that starts an adapter's endpoint with the code that V8 made of it when it was bundled, which lies beside
// it. It is for endpoints that import nothing while they run: what they need they require.
import { fileURLToPath } from 'node:url';

const start = fileURLToPath(new URL('./start.cjs', import.meta.url));

/** To be followed by the endpoint's own arguments. */
export const bundled = (program: URL): readonly string[] => [
  process.execPath,
  start,
  fileURLToPath(program),
];
