import { parseIpv4 } from "./ipv4.ts";

/*
 * IPv4 addresses inside of text. An address counts where no letter or digit touches it: the engine finds `127.0.0.1` in
 * `host=127.0.0.1,` but not in `54127.0.0.1`.
 */

/** True when the address `ip` (without prefix length) appears in `text`. */
export function hasIpv4(text: string, ip: string): boolean {
  if (parseIpv4(ip) === undefined || ip.includes("/")) return false;
  for (let at = text.indexOf(ip); at >= 0; at = text.indexOf(ip, at + 1)) {
    if (isDelimited(text, at, at + ip.length)) return true;
  }
  return false;
}

/** As `hasIpv4`; `prefix` may also be the first octets of an address, each with its dot: `192.168.` */
export function hasIpv4Prefix(text: string, prefix: string): boolean {
  if (!prefix.endsWith(".")) return hasIpv4(text, prefix);
  const missing = 4 - (prefix.split(".").length - 1);
  if (missing < 1 || parseIpv4(prefix + zeros[missing]) === undefined) return false;
  for (let at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
    let end = at + prefix.length;
    for (let dots = 0; end < text.length; end++) {
      const code = text.charCodeAt(end);
      if (code === 46 && ++dots < missing) continue;
      if (code < 48 || code > 57) break;
    }
    const address = text.slice(at, end);
    if (parseIpv4(address) !== undefined && isDelimited(text, at, end)) return true;
  }
  return false;
}

const zeros = ["", "0", "0.0", "0.0.0"];

function isDelimited(text: string, start: number, end: number): boolean {
  return !isAlphanumeric(text[start - 1]) && !isAlphanumeric(text[end]);
}

function isAlphanumeric(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}
