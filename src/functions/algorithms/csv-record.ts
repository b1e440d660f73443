/**
 * The fields of the first record of a CSV text (RFC 4180). Blanks belong to their field; a quote counts only where a
 * field begins, and what follows the closing one is taken as it is.
 */
export function csvRecord(text: string): string[] {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    let field = "";
    if (text[at] === '"') {
      const quoted = /"((?:[^"]|"")*)(?:"|$)/y;
      quoted.lastIndex = at;
      const found = quoted.exec(text)!;
      field = found[1]!.replaceAll('""', '"');
      at += found[0].length;
    }
    const end = plainEnd(text, at);
    fields.push(field + text.slice(at, end));
    if (text[end] !== ",") return fields;
    at = end + 1;
  }
}

function plainEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "," && text[at] !== "\n" && text[at] !== "\r") at++;
  return at;
}
