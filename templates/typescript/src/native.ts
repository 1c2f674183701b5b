// Stands in for your native library: a device whose memory is host memory, behind an interface as drivers
// have them, which refuses by a code. Replace it by your own binding.

export const CODES = {
  INVALID_DEVICE: -1,
  INVALID_SIZE: -2,
  OUT_OF_MEMORY: -3,
  INVALID_RANGE: -4,
} as const;
export type CodeName = keyof typeof CODES;

export const VERSION = '1.0';
export const TOTAL_BYTES = 1n << 30n;
export const LARGEST_ALLOCATION = 1n << 28n;
export const GRANULE = 256n;

/** What a call that was refused comes back with. */
export class NativeError extends Error {
  readonly codeName: CodeName;
  readonly code: number;

  constructor(codeName: CodeName) {
    super(codeName);
    this.codeName = codeName;
    this.code = CODES[codeName];
  }
}

export const deviceNames: readonly string[] = ['stand-in-0'];

/** What an allocation takes: its size in whole granules. */
const reserved = (size: bigint): bigint => ((size + GRANULE - 1n) / GRANULE) * GRANULE;

/** The bytes of a range, in place. */
const range = (memory: Buffer, offset: bigint, length: bigint): Buffer => {
  if (offset + length > BigInt(memory.length)) throw new NativeError('INVALID_RANGE');
  return memory.subarray(Number(offset), Number(offset + length));
};

/** One device, opened. */
export class Device {
  readonly name: string;
  #used = 0n;

  constructor(name: string) {
    if (!deviceNames.includes(name)) throw new NativeError('INVALID_DEVICE');
    this.name = name;
  }

  allocate(size: bigint): Buffer {
    if (size < 1n || size > LARGEST_ALLOCATION) throw new NativeError('INVALID_SIZE');
    if (this.#used + reserved(size) > TOTAL_BYTES) throw new NativeError('OUT_OF_MEMORY');
    this.#used += reserved(size);
    return Buffer.alloc(Number(size));
  }

  free(memory: Buffer): void {
    this.#used -= reserved(BigInt(memory.length));
  }

  write(memory: Buffer, offset: bigint, content: Buffer): void {
    range(memory, offset, BigInt(content.length)).set(content);
  }

  read(memory: Buffer, offset: bigint, length: bigint): Buffer {
    return Buffer.from(range(memory, offset, length));
  }

  copy(
    source: Buffer,
    sourceOffset: bigint,
    destination: Buffer,
    destinationOffset: bigint,
    length: bigint,
  ): void {
    const target = range(destination, destinationOffset, length);
    target.set(Buffer.from(range(source, sourceOffset, length)));
  }
}
