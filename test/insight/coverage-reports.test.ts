import { expect, test } from "vitest";
import { createDatabase } from "../../src/engine/database.ts";
import { coverageHtml } from "../../src/insight/coverage/html-report.ts";
import { coverageLcov } from "../../src/insight/coverage/lcov-report.ts";
import { queryWithCoverage } from "../../src/insight/coverage/query.ts";
import { coverageText } from "../../src/insight/coverage/text-report.ts";

const text = `let names = dynamic(["cmd.exe", "pwsh.exe"]);
datatable(Name:string, Port:long)["cmd.exe", 80, "CMD.EXE", 443, "<a>", long(null)]
| where Name in~ (names) and Port > 0
| where Name != "<b>"
| join kind=leftouter (print Name = "cmd.exe") on Name
| where Port == toscalar(print Port = 80 | where Port > 1)
| take 5`;
const { coverage } = await queryWithCoverage(createDatabase(), text, { now: 0n });
const source = { name: "rule.kql", text };

test("as text, below the lines of the query", () => {
  expect(coverageText(coverage, source)).toMatchInlineSnapshot(`
    "rule.kql
    3 │ | where Name in~ (names) and Port > 0
      │                   ^^^^^ \`"pwsh.exe"\` was never found
      │                              ^^^^^^^^ null, but never false
    4 │ | where Name != "<b>"
      │   ^^^^^^^^^^^^^^^^^^^ dropped no row (2)
      │         ^^^^^^^^^^^^^ never false
    7 │ | take 5
      │   ^^^^^^ dropped no row (1)
    line 6: not measured, it runs while the query is bound
    6 of 11 conditions and operators covered (54%)
    "
  `);
});

test("as lcov", () => {
  expect(coverageLcov(coverage, source)).toMatchInlineSnapshot(`
    "TN:
    SF:rule.kql
    BRDA:3,0,0,2
    BRDA:3,0,1,1
    BRDA:3,1,0,2
    BRDA:3,1,1,1
    BRDA:3,2,0,0
    BRDA:3,2,1,3
    BRDA:3,3,0,2
    BRDA:3,3,1,1
    BRDA:3,4,0,2
    BRDA:3,4,1,1
    BRDA:4,5,0,2
    BRDA:4,5,1,0
    BRDA:4,6,0,2
    BRDA:4,6,1,0
    BRDA:5,7,0,1
    BRDA:5,7,1,1
    BRDA:6,8,0,1
    BRDA:6,8,1,1
    BRDA:6,9,0,1
    BRDA:6,9,1,1
    BRDA:7,10,0,1
    BRDA:7,10,1,0
    BRF:22
    BRH:18
    DA:3,3
    DA:4,2
    DA:5,2
    DA:6,2
    DA:7,1
    LF:5
    LH:5
    end_of_record
    "
  `);
});

test("in a page, where the query is a part of a larger file", () => {
  const page = `# Page\n\n${text}\n`;
  const inPage = { name: "page.md", text: page, offsetInFile: (offset: number) => offset + 8 };
  expect(coverageText(coverage, inPage).split("\n")[1]).toMatch(/^5 │ \| where Name in~/);
});

test("as a page of its own: nothing to load, nothing of the query taken for markup", () => {
  const html = coverageHtml([{ name: "a<b>.kql", text, coverage }]);
  expect(html).toContain("<h2>a&lt;b&gt;.kql</h2>");
  expect(html).not.toMatch(/<script|<link|src=|https?:|<b>/);
  expect(html.match(/<mark/g)?.length).toBe(html.match(/<\/mark>/g)?.length);
  const shown = /<pre>([\s\S]*)<\/pre>/.exec(html)?.[1] ?? "";
  const plain = shown.replace(/<[^>]*>/g, "");
  expect(plain.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">")).toBe(text);
  expect(shown).toContain('<mark class="open" title="Name != &quot;&lt;b&gt;&quot;: true 2×, false 0×');
});
