// `causeway init`: a new adapter in a folder of its own, which can be judged as it stands.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearest, UsageError } from './usage-error.ts';
import { suiteIdentity } from './version.ts';

/** What each language is called, and what of the package stands beside the adapter. */
const LANGUAGES = {
  python: { title: 'Python', beside: ['adapters/kit/python/causeway_kit.py'] },
  typescript: { title: 'TypeScript', beside: [] },
} as const satisfies Record<string, { title: string; beside: readonly string[] }>;
type Language = keyof typeof LANGUAGES;

/** The package that this file was built in. */
const PACKAGE = fileURLToPath(new URL('../../', import.meta.url));

const isLanguage = (text: string): text is Language => Object.hasOwn(LANGUAGES, text);

const languageOf = (text: string): Language => {
  if (isLanguage(text)) return text;
  const known = Object.keys(LANGUAGES);
  throw new UsageError(
    `--language takes ${known.join(' or ')}, not ${text}.${nearest(text, known)} An endpoint in any other language is written from spec/system.md`,
  );
};

/** Makes the folder, which must be new or empty. */
const newFolder = (folder: string): void => {
  if (existsSync(folder)) {
    if (!statSync(folder).isDirectory()) throw new UsageError(`${folder} is a file`);
    if (readdirSync(folder).length > 0) {
      throw new UsageError(`${folder} holds other files; nothing was written. Name a new folder`);
    }
  }
  mkdirSync(folder, { recursive: true });
};

/** A name that npm takes. */
const packageName = (folder: string): string =>
  basename(resolve(folder))
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]/g, '-')
    .replace(/^[._-]+/, '') || 'adapter';

type Dependencies = Record<string, string>;
interface Manifest {
  name: string;
  dependencies?: Dependencies;
  devDependencies?: Dependencies;
}

interface Locked {
  readonly dependencies?: Dependencies;
  readonly optionalDependencies?: Dependencies;
}

/**
 * The project's lock, taken from a clone's own: the same compiler, and npm finds it where it put it when
 * the clone was set up. A package has no lock with it; npm then asks the registry.
 */
const writeLock = (folder: string, { name, devDependencies = {} }: Manifest): void => {
  const path = join(PACKAGE, 'package-lock.json');
  if (!existsSync(path)) return;
  const { packages } = JSON.parse(readFileSync(path, 'utf8')) as {
    packages: Record<string, Locked>;
  };
  const locked: Record<string, Locked> = {};
  const visit = (dependency: string): void => {
    const place = `node_modules/${dependency}`;
    const entry = packages[place];
    if (!entry || locked[place]) return;
    locked[place] = entry;
    for (const next of Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })) {
      visit(next);
    }
  };
  for (const dependency of Object.keys(devDependencies)) visit(dependency);
  if (Object.keys(locked).length === 0) return;
  const lock = { name, lockfileVersion: 3, requires: true, packages: { '': {}, ...locked } };
  writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
};

/** The project's package.json: its name, and where the suite is that it was made by. */
const writeManifest = (folder: string): Manifest => {
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  const suite = suiteIdentity().name;
  const place = relative(realpathSync(folder), realpathSync(PACKAGE)).split(sep).join('/');
  manifest.name = packageName(folder);
  for (const dependencies of [manifest.dependencies, manifest.devDependencies]) {
    if (dependencies?.[suite] !== undefined) dependencies[suite] = `file:${place}`;
  }
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
  return manifest;
};

/** The command: writes the project and says what to type next. */
export const initCommand = (folder: string, options: { readonly language: string }): number => {
  const language = languageOf(options.language);
  newFolder(folder);
  for (const template of ['common', language]) {
    cpSync(join(PACKAGE, 'templates', template), folder, { recursive: true });
  }
  // In a package, npm would take a file of its real name for its own.
  renameSync(join(folder, 'gitignore'), join(folder, '.gitignore'));
  const { title, beside } = LANGUAGES[language];
  for (const path of beside) copyFileSync(join(PACKAGE, path), join(folder, basename(path)));
  writeLock(folder, writeManifest(folder));
  process.stdout.write(
    `${folder}: an adapter in ${title}, on memory of the host in place of your device. Next:

  cd ${folder} && npm install
  npx causeway doctor endpoint.yaml
  npx causeway run endpoint.yaml --out result
  npm test

README.md there says what is left to map.
`,
  );
  return 0;
};
