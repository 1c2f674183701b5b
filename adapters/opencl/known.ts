// What is known of some implementations beforehand: what people call them, variables without which they
// show no device, libraries that no file in the vendors' folder names, and where caches are kept. Data alone.

/** An implementation that is known by the file of it in the vendors' folder. */
interface Known {
  /** What people call it, where the file is named otherwise. */
  readonly id?: string;
  /** Given only where the caller has not set the variable already. */
  readonly variables: Readonly<Record<string, string>>;
}

export const KNOWN_FILES: Readonly<Record<string, Known>> = {
  // Mesa's rusticl shows no device of a driver that is not named; llvmpipe is there on every machine.
  'rusticl.icd': { variables: { RUSTICL_ENABLE: 'llvmpipe' } },
  // Mesa has two; the older, clover, leaves out llvmpipe unless it is asked for.
  'mesa.icd': { id: 'clover', variables: { LP_CL: '1' } },
};

/** Libraries for the loader that are installed without a file in the vendors' folder, by id. */
export const UNLISTED_LIBRARIES: Readonly<Record<string, string>> = {
  // Oclgrind is meant to be started by its own command, which puts itself in the loader's place.
  oclgrind: '/usr/lib/oclgrind/liboclgrind-rt-icd.so',
};

/** Folders that implementations fill with compiled code; XDG_CACHE_HOME is what most fall back to. */
export const CACHE_VARIABLES = [
  'POCL_CACHE_DIR',
  'MESA_SHADER_CACHE_DIR',
  'NEO_CACHE_DIR',
  'CUDA_CACHE_PATH',
  'XDG_CACHE_HOME',
];
