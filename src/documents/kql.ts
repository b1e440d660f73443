import { parse } from "../parser/parse.ts";
import { fromLines, type Line, linesOf, type QueryDocument, wholeFile } from "./document.ts";
import { frontMatter } from "./metadata.ts";

/**
 * The queries of a `.kql` file: the whole text where it reads as one, else what blank lines part, as in Kusto Explorer.
 * A block that ends in `;` belongs to the next, one that begins with `|` to the one before.
 */
export function kqlQueries(name: string, text: string): readonly QueryDocument[] {
  const whole = [wholeFile(name, text)];
  if (!/\n[ \t]*\r?\n/.test(text)) return whole;
  if (!parse(text).diagnostics.some(({ severity }) => severity === "error")) return whole;
  const blocks = blocksOf(linesOf(text));
  if (blocks.length < 2) return whole;
  return blocks.map((lines, i) => {
    const block = fromLines(lines);
    const metadata = frontMatter(block.text);
    return { name: `${name}#${i + 1}`, title: metadata.title, file: { name, text }, metadata, ...block };
  });
}

function blocksOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = [];
  let open: Line[] = [];
  const close = () => {
    const code = withoutComments(open);
    const before = blocks.at(-1);
    if (before && (code.startsWith("|") || withoutComments(before).endsWith(";") || withoutComments(before) === "")) {
      before.push(...open);
    } else if (open.length > 0) {
      blocks.push(open);
    }
    open = [];
  };
  for (const line of lines) {
    if (line.text.trim() === "") {
      close();
      // Blank lines inside of a block that grows again keep the places of its words.
      const [last] = blocks.slice(-1);
      last?.push(line);
    } else {
      open.push(line);
    }
  }
  close();
  const [last] = blocks.slice(-1);
  // Comments at the end are no query.
  if (last && blocks.length > 1 && withoutComments(last) === "") blocks.pop();
  return blocks;
}

function withoutComments(lines: readonly Line[]): string {
  return lines
    .map((line) => line.text.replace(/^\s*\/\/.*$/m, "").replace(/;\s*\/\/.*$/m, ";"))
    .join("")
    .trim();
}
