// Makes one file of each program that is started: it loads faster than the hundred modules it is made of, and
// the digest of an adapter's file is that of the whole adapter. Everything else in dist/ stays as the compiler
// left it. Where nothing has changed it does nothing: another command may be running from these files.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const dist = join(root, 'dist');
const CHUNK = 'chunk';

/**
 * Folders whose programs are bundled. What the command line loads on demand is a file beside it. An endpoint is started a
 * hundred times in a run, so that it is CommonJS: node's loader of ES modules takes a tenth of such a start. Of one that
 * starts faster than its text is read (adapters/kit/start.cts), the code is kept.
 */
const PROGRAMS = [
  { folder: 'cli', programs: ['program', 'selftest-process'], format: 'esm' },
  { folder: 'bench/peers', programs: ['judge'], format: 'esm' },
  { folder: 'adapters/reference', programs: ['endpoint', 'mover'], format: 'cjs', kept: true },
  { folder: 'adapters/opencl', programs: ['endpoint'], format: 'cjs', kept: true },
  { folder: 'adapters/vulkan', programs: ['endpoint'], format: 'cjs', kept: true },
  { folder: 'adapters/onnxruntime', programs: ['endpoint'], format: 'cjs', kept: true },
  { folder: 'adapters/jax', programs: ['endpoint'], format: 'cjs' },
  { folder: 'adapters/tfjs', programs: ['endpoint'], format: 'cjs' },
];
const EXTENSIONS = { esm: '.js', cjs: '.cjs' };

/** A module finds what lies beside it where the compiler put it, and not beside the bundle. */
const placed = (folder, format) => ({
  name: 'placed',
  setup: ({ onLoad }) => {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, 'utf8');
      if (!text.includes('import.meta.url')) return undefined;
      const own = join(dist, relative(root, path)).replace(/\.ts$/, '.js');
      const from = relative(join(dist, folder), own);
      const base =
        format === 'esm'
          ? 'import.meta.url'
          : "process.getBuiltinModule('node:url').pathToFileURL(__filename)";
      const url = `new URL(${JSON.stringify(from)}, ${base})`;
      return { loader: 'ts', contents: text.replaceAll('import.meta.url', url) };
    });
  },
});

/** What the bundles are made of, the sources as the compiler saw them, the libraries and this file; and what came of it,
 * for the compiler may have written its own files over them since. */
const digest = () => {
  const made = createHash('sha256');
  // V8 has no use for the code that another version of it made.
  made.update(process.version);
  const outputs = PROGRAMS.flatMap(({ folder, programs, format }) =>
    programs.map((name) => join('dist', folder, `${name}${EXTENSIONS[format]}`)),
  );
  for (const path of [
    'dist/tsconfig.tsbuildinfo',
    'package-lock.json',
    'scripts/bundle.mjs',
    ...outputs,
  ]) {
    if (existsSync(join(root, path))) made.update(readFileSync(join(root, path)));
  }
  return made.digest('hex');
};
const stamp = join(dist, '.bundled');
if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest()) process.exit(0);
rmSync(stamp, { force: true });

/** Keeps the code of what an endpoint does at each start. It is asked for nothing that would have it load its product. */
const keepCode = (program) => {
  const request = { jsonrpc: '2.0', id: 1, method: 'system.ping', params: {} };
  spawnSync(process.execPath, [join(dist, 'adapters', 'kit', 'start.cjs'), program], {
    input: `${JSON.stringify(request)}\n`,
    env: { ...process.env, CAUSEWAY_KEEP_CODE: '' },
    timeout: 60_000,
  });
};

for (const { folder, programs, format, kept } of PROGRAMS) {
  const out = join(dist, folder);
  for (const name of readdirSync(out))
    if (name.startsWith(CHUNK) || name.endsWith('.code')) rmSync(join(out, name));
  await build({
    absWorkingDir: root,
    entryPoints: programs.map((name) => join(root, folder, `${name}.ts`)),
    outdir: out,
    outExtension: { '.js': EXTENSIONS[format] },
    bundle: true,
    // V8 reads two thirds of the text so. Names stay: what went wrong is told with them.
    minifyWhitespace: true,
    minifySyntax: true,
    platform: 'node',
    format,
    target: 'node20',
    sourcemap: true,
    // It finds its binary beside itself.
    external: ['koffi'],
    ...(format === 'esm' && {
      splitting: true,
      chunkNames: `${CHUNK}-[hash]`,
      // Libraries that still ask for node's own modules by `require` find them.
      banner: {
        js: "import { createRequire as __createRequire } from 'node:module';\nconst require = __createRequire(import.meta.url);",
      },
    }),
    plugins: [placed(folder, format)],
    logLevel: 'warning',
  });
  if (kept) keepCode(join(out, `endpoint${EXTENSIONS.cjs}`));
}
writeFileSync(stamp, digest());
