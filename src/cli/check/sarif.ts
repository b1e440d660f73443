import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import { rules } from "../../lint/rules.ts";
import { editsInFile, type PlacedFinding, type Region, regionOf, relativePath } from "./placed.ts";

const levels: Readonly<Record<Diagnostic["severity"], string>> = { error: "error", warning: "warning", hint: "note" };

/** The findings as a SARIF 2.1.0 log. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export function sarifLog(found: readonly PlacedFinding[]) {
  const codes = [...new Set(found.map(({ finding }) => finding.diagnostic.code))].sort();
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "kqlite", rules: codes.map((code) => descriptor(code, found)) } },
        columnKind: "utf16CodeUnits",
        results: found.map((placed) => result(placed, codes)),
      },
    ],
  };
}

function descriptor(code: string, found: readonly PlacedFinding[]) {
  const rule = rules.find((one) => one.code === code);
  const severity =
    found.find(({ finding }) => finding.diagnostic.code === code)?.finding.diagnostic.severity ?? "error";
  return {
    id: code,
    ...(rule && {
      name: rule.name,
      shortDescription: { text: rule.summary },
      fullDescription: { text: rule.why },
      helpUri: rule.docs,
    }),
    defaultConfiguration: { level: levels[severity] },
  };
}

function result(placed: PlacedFinding, codes: readonly string[]) {
  const { code, severity, message, help } = placed.finding.diagnostic;
  const uri = uriOf(placed.document.file.name);
  const edits = editsInFile(placed);
  return {
    ruleId: code,
    ruleIndex: codes.indexOf(code),
    level: levels[severity],
    message: { text: help === undefined ? message : `${message}. ${help}` },
    locations: [{ physicalLocation: { artifactLocation: { uri }, region: region(regionOf(placed)) } }],
    ...(edits && {
      fixes: [
        {
          description: { text: placed.finding.fix?.title ?? "" },
          artifactChanges: [
            {
              artifactLocation: { uri },
              replacements: edits.map((edit) => ({
                deletedRegion: region(edit),
                insertedContent: { text: edit.text },
              })),
            },
          ],
        },
      ],
    }),
  };
}

function region({ start, end }: Region) {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

/** Relative to where the command runs; an absolute path becomes a `file:` address. */
function uriOf(path: string): string {
  const shown = relativePath(path);
  const encoded = shown.split("/").map(encodeURIComponent).join("/");
  return shown.startsWith("/") ? `file://${encoded}` : encoded;
}
