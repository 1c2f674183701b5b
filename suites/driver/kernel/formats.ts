// The forms of program that any vendor can take, and the reference kernels in those of them that there is one of.
import { BUILT } from '../kernels/built.ts';

/** One of the reference kernels of spec/kernel.md, section 4. */
export type KernelName = keyof typeof BUILT;

/** A form in which the reference kernels are there. */
export type BuiltFormat = keyof (typeof BUILT)['copy'];

const PORTABLE =
  /^(?:opencl-c|spirv-kernel-[0-9.]+|spirv-shader-[0-9.]+|wasm-kernel-[0-9.]+|stablehlo-[0-9.]+|onnx-[0-9.]+)$/;

export const isPortable = (format: string): boolean => PORTABLE.test(format);

export const isBuilt = (format: string): format is BuiltFormat => Object.hasOwn(BUILT.copy, format);

/** A kernel's module in a form that it is there in. */
export const moduleOf = (name: KernelName, format: BuiltFormat): Buffer => {
  const forms: Partial<Record<BuiltFormat, string>> = BUILT[name];
  const built = forms[format];
  if (built === undefined) throw new Error(`no kernel ${name} is there in ${format}`);
  return Buffer.from(built, 'base64');
};

const MAGIC_BYTES: Readonly<Record<BuiltFormat, number>> = {
  'opencl-c': 0,
  'spirv-shader-1.0': 4,
  'wasm-kernel-1.0': 4,
};

/** How many bytes a module begins with that are always the same. */
export const magicBytes = (format: BuiltFormat): number => MAGIC_BYTES[format];

const PART_BYTES: Readonly<Record<BuiltFormat, number>> = {
  'opencl-c': 1,
  'spirv-shader-1.0': 4,
  'wasm-kernel-1.0': 1,
};

/** How many bytes the least part of a module has: a character, a word, or a byte. */
export const partBytes = (format: BuiltFormat): number => PART_BYTES[format];

const FUNCTION = 54;

/** The first byte of the last OpFunction: five words of header, then instructions that say how long they are. */
const lastShaderFunction = (module: Buffer): number => {
  let last = 0;
  for (let at = 20; at < module.length; ) {
    const word = module.readUInt32LE(at);
    if ((word & 0xffff) === FUNCTION) last = at;
    at += (word >>> 16) * 4;
  }
  return last;
};

/** The first byte of the last section, which is that of code: ids and lengths of one byte here. */
const lastSection = (module: Buffer): number => {
  let last = 8;
  for (let at = 8; at < module.length; ) {
    last = at;
    let length = 0;
    let shift = 0;
    let byte = 0x80;
    for (at += 1; (byte & 0x80) !== 0; at += 1) {
      byte = module[at] ?? 0;
      length |= (byte & 0x7f) << shift;
      shift += 7;
    }
    at += length;
  }
  return last;
};

/** Where the last function of a module begins: cut anywhere behind it, the module is not valid. */
export const lastFunction = (format: BuiltFormat, module: Buffer): number => {
  switch (format) {
    case 'opencl-c':
      return module.lastIndexOf(') {') + 2;
    case 'spirv-shader-1.0':
      return lastShaderFunction(module);
    case 'wasm-kernel-1.0':
      return lastSection(module);
  }
};
