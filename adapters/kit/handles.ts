// Handles: opaque names with the session's nonce, never given out twice.
import { randomBytes } from 'node:crypto';
import { Refusal } from './refusal.ts';

/** The resources of one kind in one session. */
export class HandleTable<T> {
  readonly #kind: string;
  readonly #nonce = randomBytes(9).toString('base64url');
  readonly #live = new Map<string, T>();
  #given = 0;

  /** `kind` is lower-case letters: the part of the handle before the underscore. */
  constructor(kind: string) {
    this.#kind = kind;
  }

  /** Names a resource. */
  add(resource: T): string {
    this.#given += 1;
    const handle = `${this.#kind}_${this.#nonce}-${this.#given}`;
    this.#live.set(handle, resource);
    return handle;
  }

  /** The resource, or a refusal: HANDLE_INVALID. */
  get(handle: string): T {
    const resource = this.#live.get(handle);
    if (resource === undefined) throw new Refusal('HANDLE_INVALID', 'kit');
    return resource;
  }

  /** Takes a resource out: its handle is invalid from now on. */
  remove(handle: string): T {
    const resource = this.get(handle);
    this.#live.delete(handle);
    return resource;
  }

  /** Takes out all that is left, for shutdown. */
  drain(): T[] {
    const left = [...this.#live.values()];
    this.#live.clear();
    return left;
  }
}
