import type { EditorSchema } from "../../src/editor/index.ts";

/** The tables of these tests. */
export const schema: EditorSchema = {
  tables: new Map([
    [
      "Events",
      [
        { name: "Host", type: "string" },
        { name: "Port", type: "int" },
        { name: "Time", type: "datetime" },
        { name: "Bag", type: "dynamic" },
        { name: "odd name", type: "real" },
      ],
    ],
    [
      "Hosts",
      [
        { name: "Host", type: "string" },
        { name: "Owner", type: "string" },
      ],
    ],
  ]),
  databases: new Map([["other", new Map([["Far", [{ name: "a", type: "long" }]]])]]),
};

/** The text without its caret, and where the caret was: `T | wh^`. */
export function atCaret(text: string): readonly [string, number] {
  const offset = text.indexOf("^");
  return [text.replace("^", ""), offset];
}
