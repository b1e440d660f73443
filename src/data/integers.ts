const minLong = -(1n << 63n);
const maxLong = (1n << 63n) - 1n;
const integerText = /^\s*([+-]?)(\d+|0[xX][0-9a-fA-F]+)\s*$/;

/** A long from decimal or hexadecimal digits; null for other text, and out of range. */
export function parseLong(text: string): bigint | null {
  const [, sign, digits] = integerText.exec(text) ?? [];
  // 400 digits are out of range whatever they are: BigInt() would take quadratic time for a million.
  if (digits === undefined || digits.length > 400) return null;
  const magnitude = BigInt(digits);
  // Hexadecimal digits name the 64 bits and take no minus: 0xFFFFFFFFFFFFFFFF is -1.
  if (/^0[xX]/.test(digits)) return sign === "-" || magnitude >= 1n << 64n ? null : BigInt.asIntN(64, magnitude);
  const value = sign === "-" ? -magnitude : magnitude;
  return value < minLong || value > maxLong ? null : value;
}

/** An int from decimal or hexadecimal digits; null for other text, and out of range. */
export function parseInt32(text: string): number | null {
  const value = parseLong(text);
  return value === null || value < -0x8000_0000n || value > 0x7fff_ffffn ? null : Number(value);
}
