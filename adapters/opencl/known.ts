// What is known of some implementations beforehand: variables without which they show no device, and
// where implementations keep caches. Data, by the name of the file in the vendors' folder.

/** Given only where the caller has not set the variable already. */
export const KNOWN_VARIABLES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  // Mesa's rusticl shows no device of a driver that is not named; llvmpipe is there on every machine.
  'rusticl.icd': { RUSTICL_ENABLE: 'llvmpipe' },
  // Mesa's clover leaves out llvmpipe unless it is asked for.
  'mesa.icd': { LP_CL: '1' },
};

/** Folders that implementations fill with compiled code; XDG_CACHE_HOME is what most fall back to. */
export const CACHE_VARIABLES = [
  'POCL_CACHE_DIR',
  'MESA_SHADER_CACHE_DIR',
  'NEO_CACHE_DIR',
  'CUDA_CACHE_PATH',
  'XDG_CACHE_HOME',
];
