import { closest } from "../suggest.ts";
import type { Usage } from "./usage.ts";

/* What `kqlite check` says besides its findings. */

const list = (words: readonly string[]) => words.map((word) => `\`${word}\``).join(", ");
const plural = (count: number, noun: string) => `${count} ${count === 1 ? noun : noun.replace(/y$/, "ie").concat("s")}`;

export function nothingToCheck(paths: readonly string[]): Usage {
  return {
    message: `there is no query in ${list(paths)}`,
    help: "`check` reads .kql, .csl, .kusto, .md, .yaml, .yml and .json",
  };
}

export function unknownSchema(given: string, packs: readonly string[]): Usage {
  const similar = closest(given, packs);
  const help = similar === undefined ? `there are ${list(packs)}, and files` : `did you mean \`${similar}\`?`;
  return { message: `\`${given}\` is neither a schema nor a file`, help };
}

export interface Counts {
  readonly files: number;
  readonly queries: number;
  readonly errors: number;
  readonly warnings: number;
  readonly hints: number;
}

export function checkSummary({ files, queries, errors, warnings, hints }: Counts): string {
  const found = [
    errors > 0 ? plural(errors, "error") : "",
    warnings > 0 ? plural(warnings, "warning") : "",
    hints > 0 ? plural(hints, "hint") : "",
  ].filter((part) => part !== "");
  const result = found.length === 0 ? "nothing found" : found.join(", ");
  return `checked ${plural(queries, "query")} in ${plural(files, "file")}: ${result}`;
}

/** What is wrong with a file of tables. */
export const tableFaults = {
  none: "it declares no table: `.create table T (a:string, b:long)`, or the JSON of `.show database schema as json`",
  column: (table: string, text: string) =>
    `in the table \`${table}\`, \`${text}\` is not a column: \`name:type\` is expected`,
  open: (table: string) => `the columns of the table \`${table}\` have no closing parenthesis`,
} as const;
