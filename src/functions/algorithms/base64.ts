import { utf8Bytes, utf8Text } from "./utf8.ts";

// The hosts' own, over texts whose characters are bytes; the compiler's libraries do not know them.
declare const btoa: (bytes: string) => string;
declare const atob: (base64: string) => string;

const beyondAscii = /[^\0-\x7f]/;
/** Characters that one call makes: each is an argument of it. */
const callLimit = 8192;

export function encodeBase64(bytes: Uint8Array): string {
  let characters = "";
  for (let at = 0; at < bytes.length; at += callLimit) {
    characters += String.fromCharCode(...bytes.subarray(at, at + callLimit));
  }
  return btoa(characters);
}

/** The UTF-8 bytes of `text` in base64. */
export function encodeText(text: string): string {
  return beyondAscii.test(text) ? encodeBase64(utf8Bytes(text)) : btoa(text);
}

// What `atob` takes beside it (blanks, no padding) is none here.
const base64Text = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in the standard alphabet; undefined for other text, and where padding is missing. */
export function decodeBase64(text: string): Uint8Array | undefined {
  return base64Text.test(text) ? bytesOf(atob(text)) : undefined;
}

/** The text whose UTF-8 bytes `text` stands for; undefined where it stands for none. */
export function decodeText(text: string): string | undefined {
  if (!base64Text.test(text)) return undefined;
  const characters = atob(text);
  return beyondAscii.test(characters) ? utf8Text(bytesOf(characters)) : characters;
}

function bytesOf(characters: string): Uint8Array {
  const bytes = new Uint8Array(characters.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = characters.charCodeAt(i);
  return bytes;
}
