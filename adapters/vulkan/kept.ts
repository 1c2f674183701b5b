// Native objects that several things use at once. Vulkan forbids to destroy what submitted commands name
// (VUID-vkDestroyBuffer-buffer-00922, VUID-vkFreeMemory-memory-00677, VUID-vkDestroySemaphore-semaphore-01137,
// VUID-vkFreeCommandBuffers-pCommandBuffers-00047), and the standard's handles may go before their work does.

/** Is destroyed when the last who keeps it lets go; whoever makes it keeps it. */
export class Kept {
  readonly #destroy: () => void;
  #keepers = 1;

  constructor(destroy: () => void) {
    this.#destroy = destroy;
  }

  keep(): this {
    this.#keepers += 1;
    return this;
  }

  letGo(): void {
    this.#keepers -= 1;
    if (this.#keepers === 0) this.#destroy();
  }
}
