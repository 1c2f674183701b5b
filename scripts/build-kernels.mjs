// Builds the modules of suites/driver/kernels/ into built.ts there: `node scripts/build-kernels.mjs`. It needs glslangValidator
// (Debian: glslang-tools) for SPIR-V, and wabt for WebAssembly; OpenCL C is taken as it stands. What is built is
// committed, so that nothing is compiled when a driver is judged, but by that driver.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import makeWabt from 'wabt';

const here = dirname(fileURLToPath(import.meta.url));
const folder = join(here, '..', 'suites', 'driver', 'kernels');

/** What made the SPIR-V: another version may order it otherwise. */
export const glslang = () => {
  try {
    const [first = ''] = execFileSync('glslangValidator', ['--version'], {
      encoding: 'utf8',
    }).split('\n');
    return first.replace('Glslang Version: ', '');
  } catch {
    return undefined;
  }
};

const text = (name) => readFileSync(join(folder, name), 'utf8');

const shader = (name) => {
  const scratch = mkdtempSync(join(tmpdir(), 'causeway-'));
  const built = join(scratch, 'shader.spv');
  const source = join(folder, `${name}.comp`);
  const entry = ['-e', name, '--source-entrypoint', 'main'];
  try {
    execFileSync('glslangValidator', [
      '-V',
      '--target-env',
      'vulkan1.0',
      ...entry,
      '-o',
      built,
      source,
    ]);
    return readFileSync(built);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};

const webAssembly = (wabt, name) => {
  const module = wabt.parseWat(`${name}.wat`, text(`${name}.wat`));
  const { buffer } = module.toBinary({});
  module.destroy();
  return Buffer.from(buffer);
};

const isThere = (name) => existsSync(join(folder, name));

/**
 * Every kernel's module, by name and by the formats that it has a source in; without SPIR-V where nothing is there that
 * makes it.
 */
export const buildAll = async () => {
  const wabt = await makeWabt();
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.wat'))
    .map((file) => file.slice(0, -'.wat'.length))
    .sort();
  const made = glslang() !== undefined;
  return Object.fromEntries(
    names.map((name) => [
      name,
      {
        ...(isThere(`${name}.cl`) && { 'opencl-c': Buffer.from(text(`${name}.cl`)) }),
        ...(made && isThere(`${name}.comp`) && { 'spirv-shader-1.0': shader(name) }),
        'wasm-kernel-1.0': webAssembly(wabt, name),
      },
    ]),
  );
};

/** The text of built.ts. */
const built = (modules) => {
  const entries = Object.entries(modules).map(([name, forms]) => {
    const lines = Object.entries(forms).map(
      ([format, bytes]) => `    '${format}':\n      '${bytes.toString('base64')}',`,
    );
    return `  ${name}: {\n${lines.join('\n')}\n  },`;
  });
  return `// Built by \`node scripts/build-kernels.mjs\` from the sources beside it. Do not edit.

/** The glslang that made the SPIR-V. */
export const GLSLANG = '${glslang()}';

/** The bytes of every kernel's module, in base64, by its format. */
export const BUILT = {
${entries.join('\n')}
} as const;
`;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (glslang() === undefined) {
    console.error('There is no glslangValidator; type: apt-get install glslang-tools');
    process.exit(2);
  }
  writeFileSync(join(folder, 'built.ts'), built(await buildAll()));
}
