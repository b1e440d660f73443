// The one web interface that readers need; the compiler's own libraries do not know it.
declare const TextDecoder: new (
  label: string,
  options: { readonly fatal: boolean; readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const TextEncoder: new () => { encode(text: string): Uint8Array };

// A mark that does not start the file is a character like any other.
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The text of UTF-8 bytes; undefined when they are none. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes);
  } catch {
    return undefined;
  }
}

/** The text of UTF-8 bytes, where it is only shown. */
export function looseText(bytes: Uint8Array): string {
  return new TextDecoder("utf-8", { fatal: false, ignoreBOM: true }).decode(bytes);
}

/** What the byte order mark at the start of a file says; `skip` is its length. */
export function byteOrder(bytes: Uint8Array): {
  readonly encoding: "utf-8" | "utf-16le" | "utf-16be";
  readonly skip: number;
} {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: "utf-8", skip: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", skip: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: "utf-16be", skip: 2 };
  return { encoding: "utf-8", skip: 0 };
}

/** UTF-16 bytes as UTF-8; undefined when they are no UTF-16. */
export function transcode(bytes: Uint8Array, encoding: "utf-16le" | "utf-16be"): Uint8Array | undefined {
  try {
    return new TextEncoder().encode(new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return undefined;
  }
}

/**
 * Cuts strings out of one run of UTF-8 bytes. Decoding the run once and cutting costs a tenth of decoding every piece;
 * that needs offsets in bytes to be offsets in characters, so pieces beyond ASCII are decoded one by one.
 */
export class TextCutter {
  readonly #bytes: Uint8Array;
  #ascii: string | undefined;
  #mixed = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Undefined when these bytes are not UTF-8. */
  cut(start: number, end: number): string | undefined {
    if (this.#ascii === undefined && !this.#mixed) {
      const all = decodeUtf8(this.#bytes);
      if (all?.length === this.#bytes.length) this.#ascii = all;
      else this.#mixed = true;
    }
    if (this.#ascii !== undefined) return this.#ascii.substring(start, end);
    return decodeShort(this.#bytes, start, end) ?? decodeUtf8(this.#bytes.subarray(start, end));
  }
}

/** Short ASCII by hand: a call of the decoder costs more than it. */
function decodeShort(bytes: Uint8Array, start: number, end: number): string | undefined {
  if (end - start > 24) return undefined;
  let text = "";
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte >= 0x80) return undefined;
    text += String.fromCharCode(byte);
  }
  return text;
}
