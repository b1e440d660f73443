import type { Spelling } from "../text-column.ts";

export const delimitedSpelling: Spelling = {
  text(fields, start, end, escaped) {
    const text = fields.text.cut(start, end);
    return escaped ? text?.replaceAll('""', '"') : text;
  },
};
