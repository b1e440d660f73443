import type { Finding } from "../diagnostics/catalogue/lint.ts";
import { rules } from "./rules.ts";

/*
 * Comments that switch findings off, as kql-guard has them and under our own name:
 *
 *     // kqlite:disable KQ600, unused-let      this line
 *     // kqlite:disable-next-line KQ600        the next one
 *     // kqlite:disable-file KQ600             the whole file
 *
 * Without codes all warnings and hints. An error goes only where its own code is named.
 */
const comment = /\/\/\s*(?:kqlite|kql-guard):disable(-next-line|-file)?(?![-\w])([^\r\n]*)/g;

/** Whether a finding at an offset of the query is switched off. */
export function disabledIn(text: string, file: string): (finding: Finding, offset: number) => boolean {
  const everywhere = [...file.matchAll(comment)]
    .filter(([, place]) => place === "-file")
    .map(([, , words]) => codes(words));
  const lines = new Map<number, string[][]>();
  for (const match of text.matchAll(comment)) {
    const [, place, words] = match;
    if (place === "-file") continue;
    const line = lineOf(text, match.index) + (place === undefined ? 0 : 1);
    lines.set(line, [...(lines.get(line) ?? []), codes(words)]);
  }
  return ({ diagnostic: { code, severity } }, offset) => {
    const name = rules.find((rule) => rule.code === code)?.name;
    return [...everywhere, ...(lines.get(lineOf(text, offset)) ?? [])].some((named) => {
      if (named.length === 0) return severity !== "error";
      return named.some((word) => word === code || word === name);
    });
  };
}

/** What is named, up to a remark: `KQ600, unused-let -- because`. */
function codes(words: string | undefined): string[] {
  return (words ?? "")
    .replace(/--.*$/, "")
    .split(/[\s,]+/)
    .filter((word) => word !== "");
}

function lineOf(text: string, offset: number): number {
  let line = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
