import { Decimal } from "../../data/decimal.ts";
import type { Dynamic } from "../../data/dynamic.ts";
import { parseDynamic } from "../../data/json.ts";
import { tostringText } from "../../data/text.ts";
import { windowsArguments } from "../algorithms/command-line.ts";
import { csvRecord } from "../algorithms/csv-record.ts";
import { parsePath } from "../algorithms/file-path.ts";
import { parseJsonPath, valueAt } from "../algorithms/json-path.ts";
import { utf8Length } from "../algorithms/utf8.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { constant, required, type ScalarFunction } from "../signature.ts";
import { overTexts } from "../text-kernels.ts";

/* Texts of a known form taken apart. URLs are in parse-url.ts, IP addresses in ipv4.ts and ipv6.ts. */

const docs = "https://learn.microsoft.com/kusto/query";
const agents = library(() => import("../algorithms/user-agents/parse.ts"));
const xml = library(() => import("../algorithms/xml.ts"));
const define = family({ docs });

/** Longer documents are null in Kusto. */
const maxXmlBytes = 1024 * 1024;

export const parseFunctions: readonly ScalarFunction[] = [
  define(
    { name: "parse_csv", resultName: "firstArgument" },
    "An array of the fields of the first record.",
    rowwise([required("csv_text", "string")], "dynamic", csvRecord),
  ),

  define(
    "parse_version",
    "The version as a decimal that compares as versions do: up to four numbers of at most eight digits; else null.",
    rowwise([required("version", "string")], "decimal", versionNumber),
  ),

  define(
    "parse_path",
    "A bag of the parts of a file path.",
    rowwise([required("path", "string")], "dynamic", (path) => {
      const parts = parsePath(path);
      return new Map([
        ["Scheme", parts.scheme],
        ["RootPath", parts.root],
        ["DirectoryPath", parts.directory],
        ["DirectoryName", parts.directoryName],
        ["Filename", parts.file],
        ["Extension", parts.extension],
        ["AlternateDataStreamName", parts.stream],
      ]);
    }),
  ),

  define(
    { name: "parse_command_line", docs: `${docs}/parse-command-line-function` },
    "An array of the arguments of a Windows command line.",
    overTexts(
      [required("command", "scalar"), required("parser", "string")],
      rowwise([required("command", "string"), required("parser", "string")], "dynamic", (command, parser) => {
        if (parser.toLowerCase() !== "windows") throw new Refusal(1, "the only parser of command lines is `windows`");
        return command === "" ? null : windowsArguments(command);
      }),
    ),
  ),

  define(
    { name: "parse_xml", resultName: "firstArgument", library: xml },
    "The XML document as a bag: `@name` for attributes, `#text` for text beside them; null for other text.",
    rowwise([required("xml_text", "string")], "dynamic", (text) =>
      utf8Length(text) > maxXmlBytes ? null : (xml.get().parseXml(text) ?? null),
    ),
  ),

  define(
    { name: "extract_json", aliases: ["extractjson"] },
    "The text of what stands at the path in the JSON text; empty when nothing does.",
    rowwise([constant(required("jsonPath", "string")), required("dataSource", "string")], "string", (path, json) => {
      const steps = parseJsonPath(path);
      if (!steps) {
        throw new Refusal(
          0,
          `\`${path}\` is not a path like \`$.name['other name'][0]\`; wildcards and slices have no meaning`,
        );
      }
      const value = parsed(json);
      return value === undefined ? null : tostringText("dynamic", valueAt(value, steps));
    }),
  ),

  define(
    { name: "parse_user_agent", library: agents },
    "A bag of bags with what a user agent says of its `browser`, `os` or `device`, by the patterns of uap-core.",
    rowwise([required("user_agent", "string"), required("look_for", "string")], "dynamic", (agent, part) =>
      partsOf(agent, [part]),
    ),
    rowwise([required("user_agent", "string"), required("look_for", "dynamic")], "dynamic", (agent, parts) =>
      partsOf(agent, Array.isArray(parts) ? parts : [parts]),
    ),
  ),
];

function partsOf(agent: string, wanted: readonly Dynamic[]): Dynamic {
  const { partOf, shapes } = agents.get();
  const parts = new Map<string, Dynamic>();
  for (const part of wanted) {
    if (part !== "browser" && part !== "os" && part !== "device")
      throw new Refusal(1, "it looks for `browser`, `os`, `device`, or an array of them");
    parts.set(shapes[part].name, partOf(part, agent));
  }
  return parts;
}

const versionText = /^(\d{1,8})(?:\.(\d{1,8}))?(?:\.(\d{1,8}))?(?:\.(\d{1,8}))?$/;

function versionNumber(text: string): Decimal | null {
  const parts = versionText.exec(text)?.slice(1);
  return parts ? new Decimal(parts.map((part = "") => part.padStart(8, "0")).join("")) : null;
}

/** The same text comes with every path that is taken out of it. */
let last: { readonly json: string; readonly value: Dynamic | undefined } = { json: "", value: undefined };

function parsed(json: string): Dynamic | undefined {
  if (last.json !== json) last = { json, value: parseDynamic(json) };
  return last.value;
}
