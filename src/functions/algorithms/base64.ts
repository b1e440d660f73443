const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values: Readonly<Record<string, number>> = Object.fromEntries([...alphabet].map((char, i) => [char, i]));

/** The two characters of every 12 bits: half the pieces to put together. */
const pairs = Array.from({ length: 4096 }, (_, bits) => alphabet[bits >> 6]! + alphabet[bits & 63]!);

export function encodeBase64(bytes: Uint8Array): string {
  const whole = bytes.length - (bytes.length % 3);
  let text = "";
  for (let at = 0; at < whole; at += 3) {
    const group = (bytes[at]! << 16) | (bytes[at + 1]! << 8) | bytes[at + 2]!;
    text += pairs[group >>> 12]! + pairs[group & 4095]!;
  }
  if (bytes.length === whole) return text;
  const group = (bytes[whole]! << 16) | ((bytes[whole + 1] ?? 0) << 8);
  return `${text}${pairs[group >>> 12]!}${bytes.length - whole === 2 ? alphabet[(group >>> 6) & 63]! : "="}=`;
}

const base64Text = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in the standard alphabet; undefined for other text, and where padding is missing. */
export function decodeBase64(text: string): Uint8Array | undefined {
  if (!base64Text.test(text)) return undefined;
  const padding = text.endsWith("==") ? 2 : text.endsWith("=") ? 1 : 0;
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    const group =
      (values[text[i]!]! << 18) |
      (values[text[i + 1]!]! << 12) |
      ((values[text[i + 2]!] ?? 0) << 6) |
      (values[text[i + 3]!] ?? 0);
    // What lies beyond the end is padding; a typed array ignores it.
    bytes[at++] = group >>> 16;
    bytes[at++] = group >>> 8;
    bytes[at++] = group;
  }
  return bytes;
}
