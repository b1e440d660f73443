import { deflateSync, Inflate } from "fflate";
import { adler32, crc32 } from "./checksums.ts";

/*
 * The gzip (RFC 1952) and zlib (RFC 1950) containers around deflated bytes, as Kusto writes and reads them: no name or
 * time in gzip's header, the plain header in zlib's, and bytes that do not shrink stored as they are.
 */

export function gzipped(bytes: Uint8Array): Uint8Array {
  const trailer = new DataView(new ArrayBuffer(8));
  trailer.setUint32(0, crc32(bytes), true);
  trailer.setUint32(4, bytes.length % 2 ** 32, true);
  return concat([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], deflated(bytes), new Uint8Array(trailer.buffer));
}

/** Undefined for damaged bytes, for a header with optional fields, and for more than `limit` bytes. */
export function gunzipped(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  if (bytes.length < 18 || bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8 || bytes[3] !== 0) return undefined;
  const content = inflated(bytes.subarray(10, -8), limit);
  if (!content) return undefined;
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
  const whole = trailer.getUint32(0, true) === crc32(content) && trailer.getUint32(4, true) === content.length;
  return whole ? content : undefined;
}

export function zlibbed(bytes: Uint8Array): Uint8Array {
  const trailer = new DataView(new ArrayBuffer(4));
  trailer.setUint32(0, adler32(bytes));
  return concat([0x78, 0x01], deflated(bytes), new Uint8Array(trailer.buffer));
}

/** Undefined for damaged bytes, for a window other than 32 KiB, and for more than `limit` bytes. */
export function unzlibbed(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  const [method = 0, flags = 0] = bytes;
  // The last test: a preset dictionary, which nobody has.
  if (bytes.length < 7 || method !== 0x78 || (method * 256 + flags) % 31 !== 0 || (flags & 0x20) !== 0)
    return undefined;
  const content = inflated(bytes.subarray(2, -4), limit);
  if (!content) return undefined;
  const sum = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0);
  return sum === adler32(content) ? content : undefined;
}

function deflated(bytes: Uint8Array): Uint8Array {
  const small = deflateSync(bytes);
  return bytes.length > 0 && small.length + 1 >= bytes.length ? stored(bytes) : small;
}

const largestBlock = 0xffff;

function stored(bytes: Uint8Array): Uint8Array {
  const blocks: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += largestBlock) {
    const block = bytes.subarray(at, at + largestBlock);
    const { length } = block;
    const isLast = at + largestBlock >= bytes.length ? 1 : 0;
    blocks.push(concat([isLast, length & 0xff, length >> 8, ~length & 0xff, (~length >> 8) & 0xff], block));
  }
  return concat(...blocks);
}

/** Small enough that a bomb is noticed early: deflate expands at most 1032 times. */
const stepBytes = 64 * 1024;

function inflated(bytes: Uint8Array, limit: number): Uint8Array | undefined {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const stream = new Inflate((chunk) => {
    chunks.push(chunk);
    length += chunk.length;
  });
  try {
    for (let at = 0; at < bytes.length; at += stepBytes) {
      stream.push(bytes.subarray(at, at + stepBytes), at + stepBytes >= bytes.length);
      if (length > limit) return undefined;
    }
  } catch {
    return undefined;
  }
  return concat(...chunks);
}

function concat(...parts: readonly ArrayLike<number>[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
