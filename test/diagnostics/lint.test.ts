import { expect, test } from "vitest";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";
import { checkQuery } from "../../src/lint/check.ts";
import { assumedSchema, knownSchemas } from "../../src/lint/known-schemas.ts";
import { rules } from "../../src/lint/rules.ts";
import type { TableSchemas } from "../../src/lint/schema.ts";
import { schemaPack } from "../../src/readers/catalogue/packs.ts";

const T = [
  { name: "n", type: "long" },
  { name: "x", type: "bool" },
] as const;
const assumed = assumedSchema(schemaPack("unified"));
const withT: TableSchemas = { ...assumed, columns: (table) => (table === "T" ? T : undefined) };

async function drawn(text: string, schemas: TableSchemas): Promise<string> {
  const found = await checkQuery({ text, file: text }, schemas);
  return found.map(({ diagnostic }) => renderDiagnostic(diagnostic, { name: "q.kql", text })).join("\n\n");
}

test("what the rules say of their examples", async () => {
  const texts: string[] = [];
  for (const { name, example } of rules)
    texts.push(await drawn(example.bad, name === "integer-division" ? withT : assumed));
  expect(texts.join("\n\n")).toMatchInlineSnapshot(`
    "hint[KQ600]: \`join\` without \`kind\` keeps one row of the left side per key
      ╭─ q.kql:1:5
    1 │ T | join (U) on Key
      │     ^^^^ \`innerunique\` by default
      = help: say \`kind=innerunique\`, or \`kind=inner\` to keep every row

    warning[KQ601]: \`in\` compares with the first of 2 columns alone
      ╭─ q.kql:1:14
    1 │ T | where Ip in ((U | project Country, Ip))
      │              ^^ 2 columns
      = help: end the subquery in \`project\` of one column

    warning[KQ602]: \`has\` looks for words, and \`%\` holds no letter or digit
      ╭─ q.kql:1:20
    1 │ T | where Path has "%"
      │                    ^^^ not a word
      = help: write \`contains\`, which looks for any text

    hint[KQ603]: \`=~\` compares without case; \`tolower\` in front of \`==\` is not needed
      ╭─ q.kql:1:11
    1 │ T | where tolower(Name) == "cmd.exe"
      │           ^^^^^^^^^^^^^
      = help: write \`Name =~ "cmd.exe"\`

    warning[KQ604]: \`tolower(…) == "Cmd.exe"\` is never true: the text has upper-case letters
      ╭─ q.kql:1:28
    1 │ T | where tolower(Name) == "Cmd.exe"
      │                            ^^^^^^^^^
      = help: compare without case: \`=~\`, \`!~\`, \`in~\`, \`has\`, \`contains\`

    warning[KQ605]: \`take\` picks any rows, and what \`summarize\` gives depends on which
      ╭─ q.kql:1:5
    1 │ T | take 1000 | summarize count() by Name
      │     ^^^^^^^^^ no order before it
      = help: put \`| sort by …\` before it, or \`| summarize\` first

    warning[KQ606]: \`==\` with null is never true
      ╭─ q.kql:1:11
    1 │ T | where Port == int(null)
      │           ^^^^^^^^^^^^^^^^^
      = help: write \`isnull(Port)\`

    warning[KQ607]: the division of whole numbers drops the fraction
      ╭─ q.kql:1:56
    1 │ T | summarize a = countif(x), n = count() | extend p = a / n * 100
      │                                                        ^^^^^ a whole number
      = help: write \`todouble(a)\`

    hint[KQ608]: \`limit\` is declared and never used
      ╭─ q.kql:1:5
    1 │ let limit = 5; T | where n > 5
      │     ^^^^^
      = help: remove the statement

    hint[KQ609]: \`contains\` reads every text; with this one \`has\` finds the same through the index
      ╭─ q.kql:1:23
    1 │ T | where CommandLine contains " -enc "
      │                       ^^^^^^^^
      = help: write \`has\`

    hint[KQ610]: \`summarize\` does not keep the order that \`sort\` makes
      ╭─ q.kql:1:5
    1 │ T | sort by Time | summarize count() by Name
      │     ^^^^
      = help: remove it, or put it behind \`summarize\`"
  `);
});

test("what check says where run would stop", async () => {
  const sentinel = knownSchemas([schemaPack("sentinel")], []);
  const texts = [
    await drawn("SigninLogs | where userprincipalname == ''", sentinel),
    await drawn("Nowhere | take 1", sentinel),
    await drawn("Foo | reduce by a", assumed),
    await drawn(".show tables", assumed),
    await drawn("let f = () { 1 };", assumed),
    await drawn('T | where Path has ""', assumed),
  ];
  expect(texts.join("\n\n")).toMatchInlineSnapshot(`
    "error[KS142]: the name \`userprincipalname\` does not refer to any known column, table, variable or function: names are case-sensitive
      ╭─ q.kql:1:20
    1 │ SigninLogs | where userprincipalname == ''
      │                    ^^^^^^^^^^^^^^^^^ not known here
      = help: a name with a similar name exists: \`UserPrincipalName\`

    error[KS204]: the name \`Nowhere\` does not refer to any known table, tabular variable or function
      ╭─ q.kql:1:1
    1 │ Nowhere | take 1
      │ ^^^^^^^ no such table
      = help: it is not in the schema \`sentinel\`; \`--schema FILE\` adds tables



    hint[KQ104]: management commands are not checked
      ╭─ q.kql:1:1
    1 │ .show tables
      │ ^^^^^
      = help: a text that begins with \`.\` is a management command for a cluster

    hint[KQ213]: there is no query to run
      ╭─ q.kql
      = help: a query ends in a tabular expression, for example \`print 1\`

    warning[KQ602]: \`has\` with an empty text is always true
      ╭─ q.kql:1:20
    1 │ T | where Path has ""
      │                    ^^
      = help: drop the condition"
  `);
});
