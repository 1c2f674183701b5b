// What a SPIR-V module says of itself, as far as Vulkan must not be given one that is otherwise: a module that is not
// valid has no answer in Vulkan (VUID-VkShaderModuleCreateInfo-pCode-08737), and what a shader's parameters are
// nobody can be asked. It sees whether the module is whole, and not whether all that it does is valid.

/** A number of the push constant block. */
export interface PushedNumber {
  readonly offset: number;
  readonly size: number;
}

/** A module's parameters: spec/kernel.md, section 5. */
export interface Shape {
  readonly entryPoints: readonly string[];
  readonly buffers: number;
  readonly numbers: readonly PushedNumber[];
  readonly locals: number;
}

/** What is wrong with a module, in words. */
export class InvalidModule extends Error {}

const MAGIC = 0x07230203;
const HEADER = 5;

const OP = {
  entryPoint: 15,
  capability: 17,
  typeInteger: 21,
  typeFloat: 22,
  typeStructure: 30,
  typePointer: 32,
  function: 54,
  functionEnd: 56,
  functionCall: 57,
  variable: 59,
  decorate: 71,
  decorateMember: 72,
};
const DECORATION = { constant: 1, binding: 33, set: 34, offset: 35 };
const COMPUTE = 5;
const PUSH_CONSTANT = 9;
const FIRST_LOCAL = 3;

/** Capabilities that need no feature of the device: Matrix, Shader, and of images and derivatives. */
const CAPABILITIES = new Set([0, 1, 40, 43, 44, 46, 47, 50, 51]);

interface Instruction {
  readonly code: number;
  readonly operands: Uint32Array;
}

const wordsOf = (bytes: Uint8Array): Uint32Array => {
  if (bytes.length % 4 !== 0 || bytes.length < HEADER * 4)
    throw new InvalidModule('not whole words');
  return new Uint32Array(Uint8Array.from(bytes).buffer);
};

/** All instructions; `newest` is the highest minor version that may be there. */
const instructionsOf = (words: Uint32Array, newest: number): Instruction[] => {
  const [magic, version = 0, , bound = 0, schema] = words;
  if (magic !== MAGIC) throw new InvalidModule('another magic number');
  const minor = (version >>> 8) & 0xff;
  if (version !== ((1 << 16) | (minor << 8)) || minor > newest) {
    throw new InvalidModule(`version word 0x${version.toString(16)}`);
  }
  if (bound === 0 || schema !== 0) throw new InvalidModule('a header without a bound');
  const found = [];
  for (let at = HEADER; at < words.length; ) {
    const first = words[at] ?? 0;
    const length = first >>> 16;
    if (length === 0 || at + length > words.length)
      throw new InvalidModule('cut within an instruction');
    found.push({ code: first & 0xffff, operands: words.subarray(at + 1, at + length) });
    at += length;
  }
  return found;
};

/** Each function ends before the next begins, and all that are named are there. */
const checkFunctions = (instructions: readonly Instruction[]): void => {
  const defined = new Set<number>();
  const named: number[] = [];
  let open = false;
  for (const { code, operands } of instructions) {
    if (code === OP.function || code === OP.functionEnd) {
      if (open === (code === OP.function)) throw new InvalidModule('functions that do not end');
      open = !open;
    }
    if (code === OP.function) defined.add(operands[1] ?? 0);
    if (code === OP.functionCall) named.push(operands[2] ?? 0);
    if (code === OP.entryPoint) named.push(operands[1] ?? 0);
  }
  if (open || instructions.at(-1)?.code !== OP.functionEnd) {
    throw new InvalidModule('no end of the last function');
  }
  if (!named.every((id) => defined.has(id)))
    throw new InvalidModule('a function that is not there');
};

const checkCapabilities = (instructions: readonly Instruction[]): void => {
  for (const { code, operands } of instructions) {
    const [capability = 0] = operands;
    if (code === OP.capability && !CAPABILITIES.has(capability)) {
      // VUID-VkShaderModuleCreateInfo-pCode-08740: the device is opened without the feature.
      throw new InvalidModule(`capability ${capability}`);
    }
  }
};

const textOf = (words: Uint32Array): string => {
  const bytes = Buffer.from(words.buffer, words.byteOffset, words.byteLength);
  const end = bytes.indexOf(0);
  return bytes.toString('utf8', 0, end < 0 ? bytes.length : end);
};

/** The literals that ids are decorated with. */
const decorated = (instructions: readonly Instruction[], decoration: number) =>
  new Map(
    instructions.flatMap(({ code, operands: [id = 0, kind, literal = 0] }) =>
      code === OP.decorate && kind === decoration ? [[id, literal] as const] : [],
    ),
  );

const buffersOf = (instructions: readonly Instruction[]): number => {
  const bindings = [...decorated(instructions, DECORATION.binding).values()];
  const sets = [...decorated(instructions, DECORATION.set).values()];
  if (sets.some((set) => set !== 0)) throw new InvalidModule('a descriptor set but the first');
  const distinct = new Set(bindings);
  if (distinct.size !== bindings.length || bindings.some((one) => one >= distinct.size)) {
    throw new InvalidModule('bindings with gaps');
  }
  return distinct.size;
};

const numbersOf = (instructions: readonly Instruction[]): PushedNumber[] => {
  const sizes = new Map<number, number>();
  const structures = new Map<number, readonly number[]>();
  const pointed = new Map<number, number>();
  const offsets = new Map<string, number>();
  let block = 0;
  for (const { code, operands } of instructions) {
    const [first = 0, second = 0, third = 0, fourth = 0] = operands;
    if (code === OP.typeInteger || code === OP.typeFloat) sizes.set(first, second / 8);
    if (code === OP.typeStructure) structures.set(first, [...operands.subarray(1)]);
    if (code === OP.typePointer) pointed.set(first, third);
    if (code === OP.variable && third === PUSH_CONSTANT) block = pointed.get(first) ?? 0;
    if (code === OP.decorateMember && third === DECORATION.offset) {
      offsets.set(`${first} ${second}`, fourth);
    }
  }
  const numbers = (structures.get(block) ?? []).map((type, member) => ({
    offset: offsets.get(`${block} ${member}`) ?? 0,
    size: sizes.get(type) ?? 0,
  }));
  if (numbers.some(({ size }) => size === 0))
    throw new InvalidModule('a parameter that is no number');
  return numbers.sort((one, other) => one.offset - other.offset);
};

/** What a whole module has; throws InvalidModule where it is not one. */
export const shapeOf = (bytes: Uint8Array, newest: number): Shape => {
  const instructions = instructionsOf(wordsOf(bytes), newest);
  checkFunctions(instructions);
  checkCapabilities(instructions);
  const constants = [...decorated(instructions, DECORATION.constant).values()];
  return {
    entryPoints: instructions.flatMap(({ code, operands }) =>
      code === OP.entryPoint && operands[0] === COMPUTE ? [textOf(operands.subarray(2))] : [],
    ),
    buffers: buffersOf(instructions),
    numbers: numbersOf(instructions),
    locals: Math.max(0, ...constants.map((id) => id - FIRST_LOCAL + 1)),
  };
};
