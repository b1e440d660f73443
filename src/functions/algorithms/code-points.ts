/*
 * Places in a string count code points, as in Kusto, whose strings are UTF-8. Most texts have no surrogates: there a
 * code point is a UTF-16 unit.
 */

const surrogate = /[\ud800-\udfff]/;

export function codePointLength(text: string): number {
  if (!surrogate.test(text)) return text.length;
  let length = 0;
  for (const _ of text) length++;
  return length;
}

/** The UTF-16 offset of code point `index`; the length of the text when it has fewer. */
export function unitOffset(text: string, index: number): number {
  if (!surrogate.test(text)) return Math.min(index, text.length);
  let offset = 0;
  for (let i = 0; i < index && offset < text.length; i++) offset += (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1;
  return offset;
}

/** The number of code points before a UTF-16 offset. */
export function codePointIndex(text: string, offset: number): number {
  return surrogate.test(text) ? codePointLength(text.slice(0, offset)) : offset;
}
