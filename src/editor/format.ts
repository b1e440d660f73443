import { layoutChangesMeaning } from "../diagnostics/catalogue/editor.ts";
import type { Diagnostic } from "../diagnostics/diagnostic.ts";
import { parse } from "../parser/parse.ts";
import { bracketsOf } from "./brackets.ts";
import { docOf } from "./docs.ts";
import { print } from "./layout.ts";
import { lexemesOf } from "./lexemes.ts";
import { sameTree } from "./same-tree.ts";
import { marksOf } from "./spacing.ts";

/** Columns of a line. */
const width = 100;

export interface Formatted {
  /** In the canonical layout; as it was given when `diagnostics` holds an error. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The query in the canonical layout, docs/format.md. Blanks and line breaks change, and nothing else: the layout is
 * checked to read as the same tree with the same comments. A text that is no query stays as it is.
 */
export function format(text: string): Formatted {
  const { tree, diagnostics } = parse(text);
  if (diagnostics.some(({ severity }) => severity === "error")) return { text, diagnostics };
  const { lexemes, asides } = lexemesOf(text);
  const lineBreak = text.includes("\r\n") ? "\r\n" : "\n";
  const laidOut = print(docOf(bracketsOf(text, lexemes, asides), marksOf(tree, lexemes)), width, lineBreak);
  const formatted = laidOut === "" ? "" : laidOut + lineBreak;
  const problem = difference(text, formatted);
  return problem === undefined ? { text: formatted, diagnostics } : { text, diagnostics: [problem] };
}

/** Undefined when `after` has the tokens, the comments and the tree of `before`. */
function difference(before: string, after: string): Diagnostic | undefined {
  const [old, fresh] = [partsOf(before), partsOf(after)];
  const changed = old.findIndex(({ text }, i) => text !== fresh[i]?.text);
  const place = old[changed] ?? old.at(-1) ?? { start: 0, end: 0 };
  if (changed >= 0 || old.length !== fresh.length) return layoutChangesMeaning(place);
  return sameTree(parse(before).tree, parse(after).tree) ? undefined : layoutChangesMeaning({ start: 0, end: 0 });
}

function partsOf(text: string): readonly { readonly start: number; readonly end: number; readonly text: string }[] {
  const { lexemes, asides } = lexemesOf(text);
  return [...lexemes, ...asides]
    .sort((a, b) => a.start - b.start)
    .map(({ start, end }) => ({ start, end, text: text.slice(start, end).trimEnd() }));
}
