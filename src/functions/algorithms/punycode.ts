/* Punycode, the encoding of Unicode text in ASCII letters and digits. https://datatracker.ietf.org/doc/html/rfc3492 */

const base = 36;
const tMin = 1;
const tMax = 26;
const skew = 38;
const damp = 700;
const initialBias = 72;
const initialCode = 128;
const digits = "abcdefghijklmnopqrstuvwxyz0123456789";
const maxInt = 0x7fff_ffff;

/** Undefined for text that cannot be encoded: it holds half a surrogate pair. */
export function encodePunycode(text: string): string | undefined {
  const codes = Array.from(text, (char) => char.codePointAt(0)!);
  if (codes.some((code) => code >= 0xd800 && code < 0xe000)) return undefined;
  let output = codes
    .filter((code) => code < initialCode)
    .map((code) => String.fromCharCode(code))
    .join("");
  const basic = output.length;
  let handled = basic;
  if (basic > 0) output += "-";
  let code = initialCode;
  let delta = 0;
  let bias = initialBias;
  for (const next of [...new Set(codes)].filter((one) => one >= initialCode).sort((a, b) => a - b)) {
    delta += (next - code) * (handled + 1);
    code = next;
    for (const one of codes) {
      if (one < code) delta++;
      if (one !== code) continue;
      output += variableLength(delta, bias);
      bias = adapted(delta, handled + 1, handled === basic);
      delta = 0;
      handled++;
    }
    delta++;
    code++;
  }
  return output;
}

function variableLength(delta: number, bias: number): string {
  let text = "";
  let rest = delta;
  for (let k = base; ; k += base) {
    const threshold = thresholdAt(k, bias);
    if (rest < threshold) return text + digits[rest]!;
    text += digits[threshold + ((rest - threshold) % (base - threshold))]!;
    rest = Math.floor((rest - threshold) / (base - threshold));
  }
}

/** Undefined for text that is no Punycode. */
export function decodePunycode(text: string): string | undefined {
  const delimiter = text.lastIndexOf("-");
  const codes = Array.from(text.slice(0, Math.max(delimiter, 0)), (char) => char.codePointAt(0)!);
  if (codes.some((code) => code >= initialCode)) return undefined;
  let code = initialCode;
  let index = 0;
  let bias = initialBias;
  for (let at = delimiter > 0 ? delimiter + 1 : 0; at < text.length; ) {
    const before = index;
    let weight = 1;
    for (let k = base; ; k += base) {
      const digit = digits.indexOf((text[at++] ?? "-").toLowerCase());
      if (digit < 0) return undefined;
      index += digit * weight;
      if (index > maxInt) return undefined;
      const threshold = thresholdAt(k, bias);
      if (digit < threshold) break;
      weight *= base - threshold;
    }
    bias = adapted(index - before, codes.length + 1, before === 0);
    code += Math.floor(index / (codes.length + 1));
    index %= codes.length + 1;
    if (code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return undefined;
    codes.splice(index++, 0, code);
  }
  return codes.map((one) => String.fromCodePoint(one)).join("");
}

function thresholdAt(k: number, bias: number): number {
  return Math.min(Math.max(k - bias, tMin), tMax);
}

function adapted(delta: number, length: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1;
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

const prefix = "xn--";
/** The full stops that part the labels of a domain. https://datatracker.ietf.org/doc/html/rfc3490#section-3.1 */
const fullStops = /[.\u3002\uff0e\uff61]/;

/** Every label beyond ASCII encoded; undefined when one cannot be. */
export function encodeDomain(domain: string): string | undefined {
  return labelled(domain, (label) => {
    if (isAscii(label)) return label;
    const encoded = encodePunycode(label);
    return encoded === undefined ? undefined : prefix + encoded;
  });
}

/** Every encoded label decoded; undefined when one cannot be. */
export function decodeDomain(domain: string): string | undefined {
  return labelled(domain, (label) =>
    label.slice(0, prefix.length).toLowerCase() === prefix ? decodePunycode(label.slice(prefix.length)) : label,
  );
}

function labelled(domain: string, convert: (label: string) => string | undefined): string | undefined {
  const labels = domain.split(fullStops).map(convert);
  return labels.includes(undefined) ? undefined : labels.join(".");
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false;
  return true;
}
