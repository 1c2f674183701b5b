// Makes one file of each program that is started: it loads faster than the hundred modules it is made of, and
// the digest of an adapter's file is that of the whole adapter. Everything else in dist/ stays as the compiler
// left it. Where nothing has changed it does nothing: another command may be running from these files.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const CHUNK = 'chunk';

/** Folders whose programs are bundled; what a program loads on demand may be a file beside it. */
const PROGRAMS = [
  { folder: 'cli', programs: ['main', 'selftest-process'], splitting: true },
  { folder: 'bench/peers', programs: ['judge'], splitting: true },
  { folder: 'adapters/reference', programs: ['endpoint', 'mover'], splitting: false },
  { folder: 'adapters/opencl', programs: ['endpoint', 'probe'], splitting: false },
  { folder: 'adapters/vulkan', programs: ['endpoint', 'probe'], splitting: false },
  { folder: 'adapters/onnxruntime', programs: ['endpoint'], splitting: false },
  { folder: 'adapters/jax', programs: ['endpoint'], splitting: false },
  { folder: 'adapters/tfjs', programs: ['endpoint'], splitting: false },
];

/** A module finds what lies beside it where the compiler put it, and not beside the bundle. */
const placed = (folder) => ({
  name: 'placed',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const own = join(dist, relative(root, path)).replace(/\.ts$/, '.js');
      const from = relative(join(dist, folder), own);
      const url = `new URL(${JSON.stringify(from)}, import.meta.url)`;
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', url) };
    });
  },
});

/** What the bundles are made of, the sources as the compiler saw them, the libraries and this file; and what came of it,
 * for the compiler may have written its own files over them since. */
const digest = () => {
  const made = createHash('sha256');
  const outputs = PROGRAMS.flatMap(({ folder, programs }) =>
    programs.map((name) => join('dist', folder, `${name}.js`)),
  );
  for (const path of [
    'dist/tsconfig.tsbuildinfo',
    'package-lock.json',
    'scripts/bundle.mjs',
    ...outputs,
  ]) {
    made.update(readFileSync(join(root, path)));
  }
  return made.digest('hex');
};
const stamp = join(dist, '.bundled');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest()) process.exit(0);
rmSync(stamp, { force: true });

for (const { folder, programs, splitting } of PROGRAMS) {
  const out = join(dist, folder);
  for (const name of readdirSync(out)) if (name.startsWith(CHUNK)) rmSync(join(out, name));
  await build({
    absWorkingDir: root,
    entryPoints: programs.map((name) => join(root, folder, `${name}.ts`)),
    outdir: out,
    bundle: true,
    splitting,
    chunkNames: `${CHUNK}-[hash]`,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    // koffi finds its binary beside itself, and mocha is loaded as its users load it.
    external: ['koffi', 'mocha'],
    // Libraries that still ask for node's own modules by `require` find them.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
    },
    plugins: [placed(folder)],
    logLevel: 'warning',
  });
}
writeFileSync(stamp, digest());
