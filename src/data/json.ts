import { printDatetime } from "./datetime.ts";
import { type Dynamic, isArray, isTyped } from "./dynamic.ts";
import { printReal } from "./real.ts";
import { printTimespan } from "./timespan.ts";

/** Deeper nesting is not read: whoever walks the value needs stack for each level. */
const maxDepth = 500;

/**
 * The value of a JSON text (RFC 8259); undefined where it is none. An integer is a long when it fits, else a real; of
 * equal names in a bag the last counts.
 */
export function parseDynamic(text: string): Dynamic | undefined {
  const reader = new JsonReader(text);
  const value = reader.value(0);
  return value !== undefined && reader.atEnd() ? value : undefined;
}

const numberText = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them in strings
const plainChars = /[^"\\\u0000-\u001f]*/y;
const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

class JsonReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  atEnd(): boolean {
    this.#blanks();
    return this.#at === this.#text.length;
  }

  value(depth: number): Dynamic | undefined {
    this.#blanks();
    switch (this.#text.charAt(this.#at)) {
      case "{":
        return depth < maxDepth ? this.#bag(depth) : undefined;
      case "[":
        return depth < maxDepth ? this.#array(depth) : undefined;
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return this.#number();
    }
  }

  #blanks(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return;
      this.#at++;
    }
  }

  #next(char: string): boolean {
    this.#blanks();
    if (this.#text.charAt(this.#at) !== char) return false;
    this.#at++;
    return true;
  }

  #word<T extends Dynamic>(word: string, value: T): T | undefined {
    if (!this.#text.startsWith(word, this.#at)) return undefined;
    this.#at += word.length;
    return value;
  }

  #number(): Dynamic | undefined {
    numberText.lastIndex = this.#at;
    const match = numberText.exec(this.#text);
    if (!match) return undefined;
    const [digits, fraction, exponent] = match;
    this.#at += digits.length;
    if (fraction !== undefined || exponent !== undefined) return realOf(Number(digits));
    if (digits.length < 16) return Number(digits);
    if (digits.length > 20) return realOf(Number(digits));
    const whole = BigInt(digits);
    return whole === BigInt.asIntN(64, whole) ? longOf(whole) : realOf(Number(digits));
  }

  #string(): string | undefined {
    let value = "";
    this.#at++;
    for (;;) {
      plainChars.lastIndex = this.#at;
      const plain = plainChars.exec(this.#text)?.[0] ?? "";
      value += plain;
      this.#at += plain.length;
      const char = this.#text.charAt(this.#at++);
      if (char === '"') return value;
      if (char !== "\\") return undefined;
      const letter = this.#text.charAt(this.#at++);
      if (letter === "u") {
        const hex = this.#text.slice(this.#at, this.#at + 4);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) return undefined;
        value += String.fromCharCode(Number.parseInt(hex, 16));
        this.#at += 4;
        continue;
      }
      const meant = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
      if (meant === undefined) return undefined;
      value += meant;
    }
  }

  #array(depth: number): Dynamic | undefined {
    const items: Dynamic[] = [];
    this.#at++;
    if (this.#next("]")) return items;
    do {
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      items.push(item);
    } while (this.#next(","));
    return this.#next("]") ? items : undefined;
  }

  #bag(depth: number): Dynamic | undefined {
    const bag = new Map<string, Dynamic>();
    this.#at++;
    if (this.#next("}")) return bag;
    do {
      this.#blanks();
      if (this.#text.charAt(this.#at) !== '"') return undefined;
      const key = this.#string();
      if (key === undefined || !this.#next(":")) return undefined;
      const item = this.value(depth + 1);
      if (item === undefined) return undefined;
      bag.set(key, item);
    } while (this.#next(","));
    return this.#next("}") ? bag : undefined;
  }
}

/** A long as it stands in a dynamic. */
export function longOf(value: bigint): Dynamic {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

/** A real as it stands in a dynamic. */
export function realOf(value: number): Dynamic {
  return Number.isInteger(value) ? { typed: "real", value } : value;
}

/** JSON without blanks, as Kusto prints a dynamic. What JSON cannot say is the string that `tostring` gives. */
export function printDynamic(value: Dynamic, real: (value: number) => string = printReal): string {
  if (value === null) return "null";
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      return Number.isInteger(value) ? String(value) : jsonReal(value, real);
    case "boolean":
    case "bigint":
      return String(value);
    default:
      if (isArray(value)) return `[${value.map((item) => printDynamic(item, real)).join(",")}]`;
      if (isTyped(value)) return typedJson(value, real);
      return `{${[...value].map(([key, item]) => `${JSON.stringify(key)}:${printDynamic(item, real)}`).join(",")}}`;
  }
}

function jsonReal(value: number, real: (value: number) => string): string {
  return Number.isFinite(value) ? real(value) : `"${printReal(value)}"`;
}

function typedJson(value: Extract<Dynamic, { readonly typed: string }>, real: (value: number) => string): string {
  switch (value.typed) {
    case "int":
      return String(value.value);
    case "real":
      return jsonReal(value.value, real);
    case "datetime":
      return `"${printDatetime(value.value)}"`;
    case "timespan":
      return `"${printTimespan(value.value)}"`;
    default:
      return `"${value.value}"`;
  }
}
