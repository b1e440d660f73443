const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values: Readonly<Record<string, number>> = Object.fromEntries([...alphabet].map((char, i) => [char, i]));

export function encodeBase64(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = (bytes[at]! << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = bytes.length - at;
    text += alphabet[group >>> 18]! + alphabet[(group >>> 12) & 63]!;
    text += left > 1 ? alphabet[(group >>> 6) & 63]! : "=";
    text += left > 2 ? alphabet[group & 63]! : "=";
  }
  return text;
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
