// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII begins with them
const ascii = /^[\u0000-\u007f]*$/;

/**
 * The text with differences of case removed, character by character, so that lengths and places stay: what Kusto's
 * case-insensitive operators compare.
 */
export function foldCase(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  let folded = "";
  for (const char of text) folded += foldChar(char);
  return folded;
}

function foldChar(char: string): string {
  if (ascii.test(char)) return char.toLowerCase();
  const upper = char.toUpperCase();
  // What changes its length (ß) or becomes ASCII (ı, ſ) has no partner of the other case.
  return upper.length !== char.length || ascii.test(upper) ? char : upper;
}
