/**
 * Gives every distinct pair of 32-bit integers a number: 0, 1, 2, … in the order in which they first come.
 * Open addressing over typed arrays, at most half full.
 */
export class PairTable {
  #slots = new Int32Array(64).fill(-1);
  #first = new Int32Array(32);
  #second = new Int32Array(32);
  /** An id that no pair has: see `reserve`. */
  #reserved = -1;
  /** How many pairs there are, the reserved number included. */
  size = 0;

  /** The number of the pair. One not seen before gets the number `size`, and `size` grows. */
  idOf(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = hash(first, second) & mask;
    for (;;) {
      const id = slots[at]!;
      if (id < 0) break;
      if (this.#first[id] === first && this.#second[id] === second) return id;
      at = (at + 1) & mask;
    }
    const id = this.#next();
    this.#first[id] = first;
    this.#second[id] = second;
    slots[at] = id;
    if (this.size * 2 > slots.length) this.#rehash();
    return id;
  }

  /** The id of the pair; -1 when it was not seen before. */
  find(first: number, second: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let at = hash(first, second) & mask;
    for (;;) {
      const id = slots[at]!;
      if (id < 0 || (this.#first[id] === first && this.#second[id] === second)) return id;
      at = (at + 1) & mask;
    }
  }

  firstOf(id: number): number {
    return this.#first[id]!;
  }

  secondOf(id: number): number {
    return this.#second[id]!;
  }

  /** The id that `reserve` gave out; -1 before. */
  get reserved(): number {
    return this.#reserved;
  }

  /** The one id that stands for no pair at all. */
  reserve(): number {
    if (this.#reserved < 0) this.#reserved = this.#next();
    return this.#reserved;
  }

  #next(): number {
    if (this.size === this.#first.length) {
      this.#first = grown(this.#first);
      this.#second = grown(this.#second);
    }
    return this.size++;
  }

  #rehash(): void {
    const slots = new Int32Array(this.#slots.length * 4).fill(-1);
    const mask = slots.length - 1;
    for (let id = 0; id < this.size; id++) {
      if (id === this.#reserved) continue;
      let at = hash(this.#first[id]!, this.#second[id]!) & mask;
      while (slots[at]! >= 0) at = (at + 1) & mask;
      slots[at] = id;
    }
    this.#slots = slots;
  }
}

function hash(first: number, second: number): number {
  let mixed = Math.imul(first, 0x9e3779b1) ^ Math.imul(second ^ (second >>> 15), 0x85ebca77);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  return mixed ^ (mixed >>> 13);
}

function grown(data: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const next = new Int32Array(data.length * 2);
  next.set(data);
  return next;
}
