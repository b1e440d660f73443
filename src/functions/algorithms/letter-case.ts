// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
const ascii = /^[\u0000-\u007f]*$/;

/*
 * Case as Kusto changes it: character by character, whatever stands beside it. A character whose other case takes more
 * than one (ß) stays.
 */

export function upperCase(text: string): string {
  return ascii.test(text) ? text.toUpperCase() : mapped(text, (char) => char.toUpperCase());
}

export function lowerCase(text: string): string {
  return ascii.test(text) ? text.toLowerCase() : mapped(text, (char) => char.toLowerCase());
}

function mapped(text: string, convert: (char: string) => string): string {
  let result = "";
  for (const char of text) {
    const other = convert(char);
    result += isOneCharacter(other) ? other : char;
  }
  return result;
}

function isOneCharacter(text: string): boolean {
  return text.length === 1 || (text.length === 2 && text.codePointAt(0)! > 0xffff);
}
