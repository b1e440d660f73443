/**
 * Gives every distinct pair of 32-bit integers a number: 0, 1, 2, … in the order in which they first come.
 * Open addressing, at most half full.
 */
export class PairTable {
  size = 0;
  #first = new Int32Array(8);
  #second = new Int32Array(8);
  /** The number of a pair, plus 1; 0 where the slot is free. */
  #slots = new Int32Array(16);

  /** The number of the pair. One not seen before gets the number `size`, and `size` grows. */
  idOf(first: number, second: number): number {
    if (this.size === this.#first.length) this.#grow();
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = mixed(first, second) & mask;
    for (;;) {
      const id = slots[slot]! - 1;
      if (id < 0) break;
      if (this.#first[id] === first && this.#second[id] === second) return id;
      slot = (slot + 1) & mask;
    }
    const id = this.size++;
    this.#first[id] = first;
    this.#second[id] = second;
    slots[slot] = id + 1;
    return id;
  }

  firstOf(id: number): number {
    return this.#first[id]!;
  }

  secondOf(id: number): number {
    return this.#second[id]!;
  }

  #grow(): void {
    const first = new Int32Array(this.size * 2);
    const second = new Int32Array(this.size * 2);
    first.set(this.#first);
    second.set(this.#second);
    const slots = new Int32Array(this.size * 4);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      let slot = mixed(first[id]!, second[id]!) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#first = first;
    this.#second = second;
    this.#slots = slots;
  }
}

/** Every bit of both takes part in the low bits of the result. */
function mixed(first: number, second: number): number {
  let hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca77);
  hash ^= hash >>> 15;
  hash = Math.imul(hash, 0xc2b2ae3d);
  return hash ^ (hash >>> 13);
}
