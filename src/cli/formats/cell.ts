import type { Cell } from "../../data/column.ts";
import { cellText } from "../../data/text.ts";
import type { ScalarType } from "../../data/types.ts";

const controls: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** A cell for reading: null is told from the empty string, and no control character reaches the terminal. */
export function shownText(type: ScalarType, cell: Cell): string {
  if (cell === null) return "null";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return cellText(type, cell).replace(/[\u0000-\u001f\u007f-\u009f]/g, (character) => {
    return controls[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
  });
}
