import * as t from "../parser/tokens.ts";

/** A name as a query has to spell it: `['odd name']` where a plain word would not do. */
export function spelled(name: string): string {
  const type = t.wordNamed(name);
  const plain = type === t.Identifier || type.CATEGORIES?.includes(t.Name) === true;
  if (/^[A-Za-z_]\w*$/.test(name) && plain && !t.reserved.reference.has(name) && !t.reserved.declaration.has(name)) {
    return name;
  }
  return `['${name.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
}
