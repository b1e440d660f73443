import { archiveFaults } from "../diagnostics/catalogue/data.ts";

/** One file of a zip archive, as its directory describes it. */
export interface ZipEntry {
  readonly name: string;
  readonly encrypted: boolean;
  /** 0 stored, 8 deflated; others exist. */
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  /** The bytes as they are stored. */
  readonly packed: Uint8Array;
}

const endSignature = 0x06054b50;
const end64Signature = 0x06064b50;
const locator64Signature = 0x07064b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;

/**
 * The files in the archive's directory, folders and the resource forks of macOS left out. Throws an `Error` when the
 * archive is damaged. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export function zipEntries(bytes: Uint8Array): readonly ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { count, offset } = directory(view);
  const entries: ZipEntry[] = [];
  let at = offset;
  for (let i = 0; i < count; i++) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== directorySignature) {
      throw new Error(archiveFaults.directory);
    }
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const commentLength = view.getUint16(at + 32, true);
    const name = nameOf(bytes.subarray(at + 46, at + 46 + nameLength));
    const wide = extra64(view, at, at + 46 + nameLength, extraLength);
    if (!name.endsWith("/") && !name.startsWith("__MACOSX/")) {
      entries.push({
        name,
        encrypted: (view.getUint16(at + 8, true) & 1) === 1,
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        size: wide.size,
        packed: packedBytes(bytes, view, wide.offset, wide.packed),
      });
    }
    at += 46 + nameLength + extraLength + commentLength;
  }
  return entries;
}

function directory(view: DataView): { readonly count: number; readonly offset: number } {
  // The end record is last, but for a comment of up to 64 KiB.
  const lowest = Math.max(0, view.byteLength - 22 - 65_535);
  for (let at = view.byteLength - 22; at >= lowest; at--) {
    if (view.getUint32(at, true) !== endSignature) continue;
    const count = view.getUint16(at + 10, true);
    const offset = view.getUint32(at + 16, true);
    if (count !== 0xffff && offset !== 0xffffffff) return { count, offset };
    if (at < 20 || view.getUint32(at - 20, true) !== locator64Signature) return { count, offset };
    const end64 = Number(view.getBigUint64(at - 12, true));
    if (end64 + 56 > view.byteLength || view.getUint32(end64, true) !== end64Signature) {
      throw new Error(archiveFaults.directory);
    }
    return { count: Number(view.getBigUint64(end64 + 32, true)), offset: Number(view.getBigUint64(end64 + 48, true)) };
  }
  throw new Error(archiveFaults.end);
}

/** Sizes and offset of a directory entry; those too large for 32 bits stand in an extra field. */
function extra64(view: DataView, at: number, extra: number, length: number) {
  let size = view.getUint32(at + 24, true);
  let packed = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  for (let field = extra; field + 4 <= extra + length && field + 4 <= view.byteLength; ) {
    const fieldLength = view.getUint16(field + 2, true);
    if (view.getUint16(field, true) === 1 && field + 4 + fieldLength <= view.byteLength) {
      let next = field + 4;
      const wide = () => {
        if (next + 8 > field + 4 + fieldLength) throw new Error(archiveFaults.directory);
        next += 8;
        return Number(view.getBigUint64(next - 8, true));
      };
      if (size === 0xffffffff) size = wide();
      if (packed === 0xffffffff) packed = wide();
      if (offset === 0xffffffff) offset = wide();
    }
    field += 4 + fieldLength;
  }
  return { size, packed, offset };
}

function packedBytes(bytes: Uint8Array, view: DataView, at: number, length: number): Uint8Array {
  if (at + 30 > view.byteLength || view.getUint32(at, true) !== localSignature) {
    throw new Error(archiveFaults.entry);
  }
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  if (start + length > bytes.length) throw new Error(archiveFaults.entry);
  return bytes.subarray(start, start + length);
}

/** Names serve for endings and messages: bytes beyond ASCII may come out wrong, and do no harm. */
function nameOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
