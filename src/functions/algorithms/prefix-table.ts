/*
 * Which networks of a list contain an address? Networks are nested or disjoint, never half-overlapping, so the list is
 * cut into disjoint segments of the address space, each owned by the innermost network there; the others that contain
 * the segment are its owner's ancestors. Half a million networks are built by counting sort, without a comparison.
 */

/** Networks of one address family, column by column; host bits are zero. */
export interface Networks {
  /** Word `w` of network `i` is `words[w][i]`, most significant word first: one word for IPv4, four for IPv6. */
  readonly words: readonly Uint32Array[];
  readonly lengths: Uint8Array;
  /** What the caller knows network `i` by, ascending. */
  readonly rows: Int32Array;
}

export interface PrefixTable {
  /** Start of each segment, in order; the first is address 0. */
  readonly starts: readonly Uint32Array[];
  /** The innermost network of each segment; -1 where there is none. */
  readonly owners: Int32Array;
  /** For each value of the topmost 16 bits, the number of segments that start below it. */
  readonly below: Int32Array;
  /** Distinct networks: prefix length, the next wider network that contains it (or -1), and where its rows begin. */
  readonly lengths: Uint8Array;
  readonly parents: Int32Array;
  readonly offsets: Int32Array;
  readonly rows: Int32Array;
}

export function prefixTable(networks: Networks): PrefixTable {
  const order = sorted(networks);
  const words = networks.words.map((word) => permuted(word, order, new Uint32Array(order.length)));
  const bits = permuted(networks.lengths, order, new Uint8Array(order.length));
  const count = order.length;
  const lengths = new Uint8Array(count);
  const parents = new Int32Array(count);
  const offsets = new Int32Array(count + 1);
  const segments = segmentList(words);
  const open = new Int32Array(130); // nested networks differ in length
  let depth = 0;
  let nodes = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0 && bits[i] === bits[i - 1] && samePrefix(words, i - 1, i, bits[i]!)) continue;
    while (depth > 0 && !samePrefix(words, offsets[open[depth - 1]!]!, i, lengths[open[depth - 1]!]!)) close();
    parents[nodes] = depth > 0 ? open[depth - 1]! : -1;
    offsets[nodes] = i;
    lengths[nodes] = bits[i]!;
    segments.begin(i, nodes);
    open[depth++] = nodes++;
  }
  while (depth > 0) close();
  offsets[nodes] = count;
  return {
    ...segments.finish(),
    lengths: lengths.subarray(0, nodes),
    parents: parents.subarray(0, nodes),
    offsets: offsets.subarray(0, nodes + 1),
    rows: permuted(networks.rows, order, new Int32Array(count)),
  };

  function close(): void {
    const node = open[--depth]!;
    segments.endOf(offsets[node]!, lengths[node]!, parents[node]!);
  }
}

function permuted<A extends Uint8Array | Uint32Array | Int32Array>(source: A, order: Int32Array, target: A): A {
  for (let i = 0; i < order.length; i++) target[i] = source[order[i]!]!;
  return target;
}

/** The rows of every network that contains all of `address`/`length` (host bits zero), ascending. */
export function rowsContaining(table: PrefixTable, address: ArrayLike<number>, length: number): readonly number[] {
  let found: number[] | undefined;
  let networks = 0;
  for (let node = innermost(table, address); node >= 0; node = table.parents[node]!) {
    if (table.lengths[node]! > length) continue;
    networks++;
    for (let at = table.offsets[node]!; at < table.offsets[node + 1]!; at++) {
      if (found) found.push(table.rows[at]!);
      else found = [table.rows[at]!]; // most addresses are in no more than one network
    }
  }
  if (!found) return none;
  return networks > 1 ? found.sort((a, b) => a - b) : found;
}

const none: readonly number[] = [];

/** True when some network contains all of `address`/`length` (host bits zero). */
export function anyContains(table: PrefixTable, address: ArrayLike<number>, length: number): boolean {
  for (let node = innermost(table, address); node >= 0; node = table.parents[node]!) {
    if (table.lengths[node]! <= length) return true;
  }
  return false;
}

/** The narrowest network that contains the one address; -1 when there is none. */
function innermost({ starts, owners, below }: PrefixTable, address: ArrayLike<number>): number {
  const top = address[0]! >>> 16;
  let low = Math.max(below[top]! - 1, 0);
  let high = below[top + 1]! - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (startsAfter(starts, middle, address)) high = middle - 1;
    else low = middle;
  }
  return owners[low]!;
}

function startsAfter(starts: readonly Uint32Array[], segment: number, address: ArrayLike<number>): boolean {
  for (let w = 0; w < starts.length; w++) {
    const start = starts[w]![segment]!;
    if (start !== address[w]!) return start > address[w]!;
  }
  return false;
}

/** Indexes of the networks by address, then wider before narrower, then by row: a stable counting sort, digit by digit. */
function sorted({ words, lengths, rows }: Networks): Int32Array {
  let order = new Int32Array(rows.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  let spare = new Int32Array(rows.length);
  const counts = new Int32Array(65537);
  const pass = (keys: Uint8Array | Uint32Array, shift: number): void => {
    counts.fill(0);
    for (let i = 0; i < keys.length; i++) counts[((keys[i]! >>> shift) & 0xffff) + 1]!++;
    for (let digit = 0; digit < 65536; digit++) counts[digit + 1]! += counts[digit]!;
    for (let at = 0; at < order.length; at++) {
      const i = order[at]!;
      spare[counts[(keys[i]! >>> shift) & 0xffff]!++] = i;
    }
    [order, spare] = [spare, order];
  };
  pass(lengths, 0);
  for (let w = words.length - 1; w >= 0; w--) for (const shift of [0, 16]) pass(words[w]!, shift);
  return order;
}

/** True when networks `a` and `b` agree in their first `length` bits. */
function samePrefix(words: readonly Uint32Array[], a: number, b: number, length: number): boolean {
  let bits = length;
  for (let w = 0; bits > 0; w++, bits -= 32) {
    const differing = words[w]![a]! ^ words[w]![b]!;
    if (bits >= 32 ? differing !== 0 : differing >>> (32 - bits) !== 0) return false;
  }
  return true;
}

interface SegmentList {
  /** From the start of network `i` on, `owner` is the innermost. */
  begin(i: number, owner: number): void;
  /** From behind network `i`, which has `length` bits, `owner` is the innermost again. */
  endOf(i: number, length: number, owner: number): void;
  finish(): Pick<PrefixTable, "starts" | "owners" | "below">;
}

function segmentList(words: readonly Uint32Array[]): SegmentList {
  const width = words.length;
  const capacity = words[0]!.length * 2 + 1;
  const starts = words.map(() => new Uint32Array(capacity));
  const owners = new Int32Array(capacity);
  const next = new Uint32Array(width);
  owners[0] = -1;
  let count = 1; // address 0, owned by nobody

  // A segment that starts where the last one did leaves that one empty, so it takes its place.
  const add = (owner: number): void => {
    let same = 0;
    while (same < width && starts[same]![count - 1] === next[same]) same++;
    if (same < width) count++;
    for (let w = 0; w < width; w++) starts[w]![count - 1] = next[w]!;
    owners[count - 1] = owner;
  };
  return {
    begin(i, owner) {
      for (let w = 0; w < width; w++) next[w] = words[w]![i]!;
      add(owner);
    },
    endOf(i, length, owner) {
      if (length === 0) return;
      for (let w = 0; w < width; w++) next[w] = words[w]![i]!;
      let carry = 2 ** (31 - ((length - 1) & 31));
      for (let w = (length - 1) >>> 5; w >= 0 && carry > 0; w--) {
        const sum = next[w]! + carry;
        next[w] = sum;
        carry = sum > 0xffff_ffff ? 1 : 0;
      }
      if (carry === 0) add(owner); // otherwise the network ends where the address space does
    },
    finish() {
      const below = new Int32Array(65537);
      const top = starts[0]!;
      for (let at = 0; at < count; at++) below[(top[at]! >>> 16) + 1]!++;
      for (let value = 0; value < 65536; value++) below[value + 1]! += below[value]!;
      return { starts: starts.map((start) => start.subarray(0, count)), owners: owners.subarray(0, count), below };
    },
  };
}
