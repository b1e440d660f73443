import { constants } from "node:buffer";
import { gunzipSync, inflateRawSync, type ZlibOptions } from "node:zlib";
import { archiveFaults } from "../diagnostics/catalogue/data.ts";
import type { Inflaters } from "../readers/inflate.ts";

/** The inflaters of Node: several times as fast as the portable ones. */
export const nodeInflaters: Inflaters = {
  gunzip: (bytes, limit) => within(limit, bytes, (options) => gunzipSync(bytes, options)),
  inflateRaw: (bytes, limit) => within(limit, bytes, (options) => inflateRawSync(bytes, options)),
};

/** With `info`, zlib gives its engine too, which knows how many bytes it took. The declarations do not say so. */
interface Expanded {
  readonly buffer: Uint8Array;
  readonly engine: { readonly bytesWritten: number };
}

/** Text expands to less, as a rule. What is not filled costs address space only. */
const usualRate = 8;
const largestPiece = 256 * 1024 * 1024;

function within(limit: number, bytes: Uint8Array, expand: (options: ZlibOptions) => unknown): Uint8Array | undefined {
  try {
    const maxOutputLength = Math.max(1, Math.min(limit, constants.MAX_LENGTH));
    // One piece where the bytes expand as usual: zlib joins smaller ones at the end.
    const chunkSize = Math.max(65_536, Math.min(maxOutputLength, usualRate * bytes.length, largestPiece));
    const { buffer, engine } = expand({ info: true, maxOutputLength, chunkSize }) as Expanded; // see there
    if (bytes.subarray(engine.bytesWritten).some((byte) => byte !== 0)) {
      throw new Error(archiveFaults.trailing);
    }
    return buffer.length > limit ? undefined : buffer;
  } catch (thrown) {
    if (thrown instanceof RangeError && "code" in thrown && thrown.code === "ERR_BUFFER_TOO_LARGE") return undefined;
    throw thrown;
  }
}
