// What is known of some implementations beforehand: their common names, where one is installed outside
// the loader's folders, and where they keep caches. Data.

/** By the name of the manifest, without `_icd` and the architecture. */
export const KNOWN_NAMES: Readonly<Record<string, string>> = {
  lvp: 'lavapipe',
  vk_swiftshader: 'swiftshader',
};

/** Chromium brings a driver of its own, which its browser alone knows of. */
export const KNOWN_MANIFESTS = ['/usr/lib/chromium/vk_swiftshader_icd.json'];

/** Folders that implementations fill with compiled code; XDG_CACHE_HOME is what most fall back to. */
export const CACHE_VARIABLES = [
  'MESA_SHADER_CACHE_DIR',
  'AMD_SHADER_DISK_CACHE_PATH',
  '__GL_SHADER_DISK_CACHE_PATH',
  'XDG_CACHE_HOME',
];

/** Numbers of the PCI registry, and of Khronos's own for vendors that are not there. */
export const VENDORS: ReadonlyMap<number, string> = new Map([
  [0x1002, 'AMD'],
  [0x1010, 'Imagination'],
  [0x10de, 'NVIDIA'],
  [0x13b5, 'Arm'],
  [0x14e4, 'Broadcom'],
  [0x1ae0, 'Google'],
  [0x5143, 'Qualcomm'],
  [0x8086, 'Intel'],
  [0x10005, 'Mesa'],
]);
