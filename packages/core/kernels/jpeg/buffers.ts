// The three buffers of a decode. They are kept from tile to tile and sized by what the header asks for.

/** Decoded bytes of one image at most: 20000 x 20000 at 4:4:4 fits. Four gibibytes is all a WASM memory has. */
export const MAX_PLANE_BYTES: u64 = 1_200_000_000;

/** Compressed bytes of one image at most. */
export const MAX_INPUT_BYTES: u64 = 1 << 30;

/** A buffer of more than this is given back when a much smaller one is asked for. */
const KEEP_BYTES: usize = 32 << 20;

@unmanaged
export class Buffer {
  pointer: usize;
  capacity: usize;

  /** At least `bytes` bytes; what was in the buffer is lost. */
  reserve(bytes: usize): void {
    if (bytes <= this.capacity && (this.capacity <= KEEP_BYTES || this.capacity >> 2 <= bytes)) return;
    if (this.pointer) heap.free(this.pointer);
    // Zero first: alloc traps when memory cannot grow, and the next call must not free the block again.
    this.pointer = 0;
    this.capacity = 0;
    const capacity = (bytes + 0xffff) & ~0xffff;
    this.pointer = heap.alloc(capacity);
    this.capacity = capacity;
  }
}

export const input: Buffer = changetype<Buffer>(memory.data(8, 8));
export const bitstream: Buffer = changetype<Buffer>(memory.data(8, 8));
export const planes: Buffer = changetype<Buffer>(memory.data(8, 8));
