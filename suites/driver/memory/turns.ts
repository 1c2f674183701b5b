// What the cases of ordered memory need alike: what one stream does with it, each call answered also while it is held.
import type { ExpectationId } from '../../../core/case.ts';
import { succeeds } from '../../support.ts';
import { type Ground, SIZE } from '../stream/ground.ts';

export const PUT = 'DRV-MEM-014/put';

/** What one stream does with ordered memory, each of it stated to be answered. */
export class Turns {
  readonly #ground: Ground;
  readonly #expectation: ExpectationId;
  readonly stream: string;

  constructor(ground: Ground, stream: string, expectation: ExpectationId = PUT) {
    this.#ground = ground;
    this.stream = stream;
    this.#expectation = expectation;
  }

  async allocate(size = SIZE): Promise<string> {
    const { allocation } = await succeeds(
      this.#ground.context,
      this.#expectation,
      'driver.memory.ordered.allocate',
      { stream: this.stream, sizeBytes: String(size) },
    );
    return allocation;
  }

  async free(allocation: string): Promise<void> {
    await succeeds(this.#ground.context, this.#expectation, 'driver.memory.ordered.free', {
      stream: this.stream,
      allocation,
    });
  }

  async write(allocation: string, bytes: Buffer, offset = 0): Promise<void> {
    await succeeds(this.#ground.context, this.#expectation, 'driver.stream.write', {
      stream: this.stream,
      allocation,
      offsetBytes: String(offset),
      data: { base64: bytes.toString('base64') },
    });
  }

  async copy(from: string, to: string, length = SIZE): Promise<void> {
    await succeeds(this.#ground.context, this.#expectation, 'driver.stream.copy', {
      stream: this.stream,
      source: { allocation: from, offsetBytes: '0' },
      destination: { allocation: to, offsetBytes: '0' },
      lengthBytes: String(length),
    });
  }

  /** Allocates, writes all of it, and frees: what may use memory that was freed before. */
  async disturb(bytes: Buffer): Promise<void> {
    const other = await this.allocate(bytes.length);
    await this.write(other, bytes);
    await this.free(other);
  }
}

export const randomBytes = ({ context }: Ground, size = SIZE): Buffer =>
  Buffer.concat(
    Array.from({ length: Math.ceil(size / 1024) }, (_, index) =>
      context.random.bytes(Math.min(1024, size - 1024 * index)),
    ),
  );
