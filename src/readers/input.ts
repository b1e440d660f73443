/** Bytes that can be read in any order: a file, or memory. */
export interface Input {
  /** For messages. */
  readonly name: string;
  readonly size: number;
  /** The bytes of [start, end); not to be written to. */
  slice(start: number, end: number): Uint8Array | Promise<Uint8Array>;
  /** Fills `target` with the bytes from `start` on, where that is cheaper than a slice. */
  read?(target: Uint8Array, start: number): Promise<void>;
  /** Who else can read it at the same time, where it is large. */
  readonly crew?: Hire | undefined;
}

/** Threads that read parts of an input at the same time, each by the same task. Tasks and answers are data. */
export interface Crew {
  /** How many parts are read at once. */
  readonly size: number;
  /** About how many bytes make a part. */
  readonly partBytes: number;
  /** Undefined where that did not go as it should. */
  read(part: Part): Promise<unknown>;
  dismiss(): void;
}

/** Where a part of an input starts, and where it ends. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** Undefined where there are no threads. */
export type Hire = (task: unknown) => Promise<Crew | undefined>;

export function inputOf(name: string, bytes: Uint8Array): Input {
  return { name, size: bytes.length, slice: (start, end) => bytes.subarray(start, end) };
}

/** What one file may cost. Beyond it the reader stops with an error instead of filling the memory. */
export interface Limits {
  /** Bytes that a compressed file may expand to. */
  readonly expanded: number;
  /** How many times its own size a compressed file may expand to, once it is larger than `unsuspicious`. */
  readonly ratio: number;
  readonly unsuspicious: number;
}

export const defaultLimits: Limits = { expanded: 2 * 1024 ** 3, ratio: 200, unsuspicious: 64 * 1024 ** 2 };

/** `134217728` as `128 MiB`. */
export function bytesText(count: number): string {
  const units = ["bytes", "KiB", "MiB", "GiB"];
  let value = count;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${Number(value.toFixed(1))} ${units[unit]}`;
}
