import { causes } from "../../../diagnostics/catalogue/reports.ts";
import type { Cause } from "../suite.ts";
import { failureText, type Reporter, traceText, withShortfalls } from "./reporter.ts";

const rules = Object.entries(causes).map(([id, text]) => ({ id, shortDescription: { text } }));

/** https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Reporter = ({ files, version }) => {
  const results = files.map(withShortfalls).flatMap(({ path, cases }) =>
    cases
      .filter(({ status }) => status === "failed")
      .map(({ name, failures, trace, cause = "expectation", line }) => ({
        ruleId: cause satisfies Cause,
        ruleIndex: rules.findIndex(({ id }) => id === cause),
        level: "error",
        message: {
          text: [name, ...failures.map(failureText), ...(trace.length === 0 ? [] : [traceText(trace)])].join("\n"),
        },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: path.split("/").map(encodeURIComponent).join("/") },
              region: { startLine: failures[0]?.line ?? line },
            },
          },
        ],
      })),
  );
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "kqlite test", version, rules } }, results }],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};
