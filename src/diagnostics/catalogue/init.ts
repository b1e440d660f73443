import type { Usage } from "./usage.ts";

/* What `kqlite init` says: on the command line, and in the specs that it writes. */

export function specExists(path: string): Usage {
  return { message: `\`${path}\` exists already`, help: "`--force` writes over it, `-o` writes elsewhere" };
}

export function severalRules(file: string, names: readonly string[]): Usage {
  return {
    message: `\`${file}\` holds ${names.length} queries, and a spec is about one`,
    help: `name one: ${names.map((name) => `\`${name}\``).join(", ")}`,
  };
}

export function ruleFromInput(): Usage {
  return { message: "a spec names the file of its query, and `-` is none", help: "save the query as a file" };
}

export function specWritten(path: string, tests: number, todo: number): string {
  const open = todo === 0 ? "" : `, ${todo} TODO`;
  return `written: \`${path}\` (${tests} test${tests === 1 ? "" : "s"}${open})`;
}

export const notFired = "no rows were found that make the query fire";
export const notFiredSkip = "rows that make it fire are still to be found";
export const firesName = "fires";

export function missName(kind: "predicate" | "key" | "partner", text: string): string {
  switch (kind) {
    case "predicate":
      return `silent unless ${text}`;
    case "key":
      return `silent unless both sides agree on ${text}`;
    case "partner":
      return `silent when it has a partner: ${text}`;
  }
}

export function unsolvedReason(why: "noValue" | "window" | "operator"): string {
  switch (why) {
    case "noValue":
      return "no value was found that fulfils it";
    case "window":
      return "it looks at several rows at once";
    case "operator":
      return "what becomes of the rows here is not followed";
  }
}
