import type { Spelling } from "../text-column.ts";

export const delimitedSpelling: Spelling = {
  unescape: (text) => text.replaceAll('""', '"'),
};
