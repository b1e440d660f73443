export interface UrlParts {
  readonly scheme: string;
  readonly user: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
}

const absolute =
  /^([^:/?#]+):\/\/(?:([^:@/?#]*):([^@/?#]*)@)?(\[[^\]/?#]*\]|[^:/?#]*)(?::([^/?#]*))?(\/[^?#]*)?(?:\?([^#]*))?(?:#([\s\S]*))?$/;

/**
 * The parts of an absolute URL as they are written, nothing decoded; undefined for other text. A user needs a password
 * (`user:password@`), and a lone slash at the end is no path.
 */
export function parseUrl(url: string): UrlParts | undefined {
  const found = absolute.exec(url);
  if (!found) return undefined;
  const [, scheme = "", user = "", password = "", host = "", port = "", path = "", query = "", fragment = ""] = found;
  return { scheme, user, password, host, port, path: path === "/" && url.endsWith("/") ? "" : path, query, fragment };
}

/** The parameters of a query by name, in the order of names; what lacks a name or a value is left out. */
export function queryParameters(query: string): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, string[]>();
  for (const parameter of query.split("&")) {
    const middle = parameter.indexOf("=");
    if (middle <= 0 || middle === parameter.length - 1) continue;
    const name = parameter.slice(0, middle);
    const list = values.get(name);
    if (list) list.push(parameter.slice(middle + 1));
    else values.set(name, [parameter.slice(middle + 1)]);
  }
  return new Map([...values].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Text in percent-encoding, small hex digits; letters, digits and `-_.!*()` stay, a blank becomes `blank`. */
export function encodeUrl(bytes: Uint8Array, blank: "+" | "%20"): string {
  let text = "";
  for (const byte of bytes) {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9\-_.!*()]/.test(char)) text += char;
    else text += byte === 0x20 ? blank : `%${byte.toString(16).padStart(2, "0")}`;
  }
  return text;
}

/** The bytes behind percent-encoded text, `+` being a blank; a `%` without two hex digits stays. */
export function decodeUrl(bytes: Uint8Array): Uint8Array {
  const decoded = new Uint8Array(bytes.length);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let byte = bytes[at]!;
    if (byte === 0x2b) {
      byte = 0x20;
    } else if (byte === 0x25) {
      const hex = String.fromCharCode(bytes[at + 1] ?? 0, bytes[at + 2] ?? 0);
      if (/^[0-9A-Fa-f]{2}$/.test(hex)) {
        byte = Number.parseInt(hex, 16);
        at += 2;
      }
    }
    decoded[length++] = byte;
  }
  return decoded.subarray(0, length);
}
