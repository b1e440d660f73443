import type { Scalar } from "yaml";

/** A character of the value as the file spells it; an escape is one unit that may stand for none. */
interface Unit {
  readonly text: string;
  readonly offset: number;
}

/**
 * The offset in the file of each offset in the value of a YAML or JSON scalar: through indentation, folded lines and
 * escapes. To the start of the scalar where the two do not match.
 */
export function placesInScalar(scalar: Scalar, value: string, file: string): (offset: number) => number {
  const [start, end] = scalar.range ?? [0, file.length];
  const offsets = align(value, unitsOf(scalar.type, file, start, end));
  if (!offsets) return () => start;
  return (offset) => offsets[Math.max(0, Math.min(offset, value.length))] ?? start;
}

/**
 * Walks both texts: white space may have been folded or cut, everything else stands in the file as it is in the value.
 * One more place than characters: the last is behind the value.
 */
function align(value: string, units: readonly Unit[]): readonly number[] | undefined {
  const offsets: number[] = [];
  let at = 0;
  for (const char of value.split("")) {
    const blank = /\s/.test(char);
    let unit = units[at];
    // Indentation and the line breaks of folded lines are not in the value.
    while (unit && unit.text !== char && (unit.text === "" || (/^\s$/.test(unit.text) && !blank))) unit = units[++at];
    if (unit && (unit.text === char || (blank && /^\s$/.test(unit.text)))) {
      offsets.push(unit.offset);
      at++;
    } else if (blank) {
      offsets.push(unit?.offset ?? offsets.at(-1) ?? 0);
    } else {
      return undefined;
    }
  }
  offsets.push((offsets.at(-1) ?? (units[0]?.offset ?? 1) - 1) + 1);
  return offsets;
}

function unitsOf(type: Scalar["type"], file: string, start: number, end: number): readonly Unit[] {
  switch (type) {
    case "BLOCK_LITERAL":
    case "BLOCK_FOLDED":
      return plainUnits(file, file.indexOf("\n", start) + 1, end);
    case "QUOTE_DOUBLE":
      return quotedUnits(file, start + 1, end - 1);
    case "QUOTE_SINGLE":
      return singleQuotedUnits(file, start + 1, end - 1);
    default:
      return plainUnits(file, start, end);
  }
}

function plainUnits(file: string, start: number, end: number): readonly Unit[] {
  return file
    .slice(start, end)
    .split("")
    .map((text, i) => ({ text, offset: start + i }));
}

/** `''` is one quote. */
function singleQuotedUnits(file: string, start: number, end: number): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = start; at < end; at += file.startsWith("''", at) ? 2 : 1) {
    units.push({ text: file.charAt(at), offset: at });
  }
  return units;
}

const escapes: Readonly<Record<string, string>> = {
  "0": "\0",
  a: "\x07",
  b: "\b",
  t: "\t",
  "\t": "\t",
  n: "\n",
  v: "\v",
  f: "\f",
  r: "\r",
  e: "\x1b",
  N: "\x85",
  _: "\xa0",
  L: "\u2028",
  P: "\u2029",
  "\n": "",
};
const digits: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** https://yaml.org/spec/1.2.2/#57-escaped-characters, which has those of JSON among them. */
function quotedUnits(file: string, start: number, end: number): readonly Unit[] {
  const units: Unit[] = [];
  for (let at = start; at < end; ) {
    const char = file.charAt(at);
    if (char !== "\\") {
      units.push({ text: char, offset: at++ });
      continue;
    }
    const mark = file.charAt(at + 1) === "\r" ? "\n" : file.charAt(at + 1);
    const length = digits[mark] ?? 0;
    const code = Number.parseInt(file.slice(at + 2, at + 2 + length), 16);
    const text = length > 0 ? String.fromCodePoint(code <= 0x10ffff ? code : 0xfffd) : (escapes[mark] ?? mark);
    if (text === "") units.push({ text, offset: at });
    // A character outside of the basic plane is two in the value.
    for (const part of text.split("")) units.push({ text: part, offset: at });
    at += 2 + length;
  }
  return units;
}
