// The drivers that are installed for the Vulkan loader: a manifest each, a JSON file that names the
// driver's library.
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { KNOWN_MANIFESTS, KNOWN_NAMES } from './known.ts';

/** One driver, and the environment in which a process sees it alone. */
export interface InstalledDriver {
  readonly id: string;
  readonly environment: Readonly<Record<string, string>>;
}

const FOLDERS = ['/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d', '/usr/share/vulkan/icd.d'];

/** The variables that name manifests, or folders of them, for newer loaders and for older ones. */
const VARIABLES = ['VK_DRIVER_FILES', 'VK_ICD_FILENAMES'];

const ARCHITECTURE =
  /[._-](?:x86_64|i[3-6]86|x86|aarch64|arm(?:64|hf)?|powerpc64le|riscv64|s390x)$/;

/** The id is the beginning of the ids of devices too, so it has only what those may have. */
const ID = /^[a-z0-9][a-z0-9._-]{0,63}$/;

/** `lvp_icd.x86_64.json` is `lvp`, and known as `lavapipe`. */
export const idOf = (manifest: string): string | undefined => {
  const name = basename(manifest).toLowerCase();
  if (!name.endsWith('.json')) return undefined;
  const stem = name.slice(0, -'.json'.length).replace(ARCHITECTURE, '').replace(/_icd$/, '');
  const id = KNOWN_NAMES[stem] ?? stem;
  return ID.test(id) ? id : undefined;
};

/** A manifest itself, or those in a folder, in the order of their names. */
const manifestsAt = async (place: string): Promise<string[]> => {
  const kind = await stat(place).catch(() => undefined);
  if (!kind?.isDirectory()) return kind ? [place] : [];
  const files = await readdir(place).catch(() => []);
  return files.sort().map((file) => join(place, file));
};

/** Manifests that the caller names come first: of two with one id the first that shows a device counts. */
const places = (): string[] => [
  ...VARIABLES.flatMap((name) => (process.env[name] ?? '').split(':').filter((one) => one !== '')),
  ...FOLDERS,
  ...KNOWN_MANIFESTS,
];

const environmentFor = (manifest: string): Record<string, string> => ({
  ...Object.fromEntries(VARIABLES.map((name) => [name, manifest])),
  // Layers that installed themselves stand between; those that the caller names with VK_INSTANCE_LAYERS stay.
  VK_LOADER_LAYERS_DISABLE: '~implicit~',
});

/** All manifests, by id; one id may have several, of which most show no device here. */
export const installedDrivers = async (): Promise<InstalledDriver[]> => {
  const manifests = new Set((await Promise.all(places().map(manifestsAt))).flat());
  return [...manifests]
    .flatMap((manifest) => {
      const id = idOf(manifest);
      return id === undefined ? [] : [{ id, environment: environmentFor(manifest) }];
    })
    .sort((one, other) => (one.id < other.id ? -1 : Number(one.id > other.id)));
};
