import { rules } from "../../src/lint/rules.ts";

/** docs/lints.md */
export function lintsPage(): string {
  const lines = [
    "# Lints",
    "",
    "Made by `npx vitest run lint -u` out of the rules in `src/lint/rules`.",
    "",
    "What `kqlite check` says of queries that are valid but hardly meant. A warning makes it end with 1, a hint does not.",
    "`// kqlite:disable CODE` switches one off for its line, `disable-next-line` for the next, `disable-file` for the file;",
    "`kql-guard:` in place of `kqlite:` does the same, a name stands for its code, and without any all are meant.",
    "",
    "| Code | Name | |",
    "| --- | --- | --- |",
    ...rules.map(({ code, name, summary }) => `| [${code}](#${code.toLowerCase()}-${name}) | ${name} | ${summary} |`),
    "",
  ];
  for (const { code, name, severity, summary, why, example, docs } of rules) {
    lines.push(`## ${code} ${name}`, "", `${severity === "hint" ? "Hint" : "Warning"}. ${summary} ${why}`, "");
    lines.push("```kql", `${example.bad}   // ${code}`, example.good, "```", "", `[Documentation](${docs})`, "");
  }
  return `${lines.join("\n").trimEnd()}\n`;
}
