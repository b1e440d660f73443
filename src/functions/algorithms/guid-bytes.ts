/** The first three groups of digits are numbers, stored lower byte first. */
const byteOrder = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];

/** The 16 bytes of a guid in lower case with hyphens. */
export function guidBytes(guid: string): Uint8Array {
  const digits = guid.replaceAll("-", "");
  return Uint8Array.from(byteOrder, (place) => Number.parseInt(digits.slice(place * 2, place * 2 + 2), 16));
}

/** The guid of 16 bytes. */
export function guidOfBytes(bytes: Uint8Array): string {
  const digits = byteOrder.map((place) => bytes[place]!.toString(16).padStart(2, "0")).join("");
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}
