import * as t from "./tokens.ts";

/** A name as a query has to spell it: `['odd name']` where a plain word would not do. */
export function spelled(name: string): string {
  return isPlain(name) && !t.reserved.reference.has(name) ? name : bracketed(name);
}

/** The name of a column where it is declared: there more words will do. */
export function spelledDeclared(name: string): string {
  return isPlain(name) ? name : bracketed(name);
}

function isPlain(name: string): boolean {
  const type = t.wordNamed(name);
  const plain = type === t.Identifier || type.CATEGORIES?.includes(t.Name) === true;
  return /^[A-Za-z_]\w*$/.test(name) && plain && !t.reserved.declaration.has(name);
}

function bracketed(name: string): string {
  return `['${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
}
