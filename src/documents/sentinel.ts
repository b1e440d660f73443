import { isMap, isScalar, LineCounter, parseDocument, type Scalar } from "yaml";
import { fromLines, offsetMapping, type QueryDocument, type Segment } from "./document.ts";
import { linesOf } from "./markdown.ts";

/** What is wrong with a YAML file, and where. */
export interface YamlProblem {
  readonly message: string;
  readonly offset: number;
}

/** The `query:` of a Sentinel rule or hunting query in YAML. */
export function yamlQuery(name: string, text: string): QueryDocument | YamlProblem {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter });
  const [error] = document.errors;
  if (error) return { message: error.message.split("\n")[0] ?? "the file is not YAML", offset: error.pos[0] };
  const root = document.contents;
  const query = isMap(root) ? root.get("query", true) : undefined;
  if (!isMap(root) || !isScalar(query) || typeof query.value !== "string") {
    return { message: "the file has no text under `query:`", offset: 0 };
  }
  const rule = root.get("name");
  const title = typeof rule === "string" ? rule : undefined;
  const mapped = mapScalar(query, query.value, text);
  return { name, title, file: { name, text }, text: query.value, offsetInFile: mapped };
}

/** Block scalars lose their indentation, quoted ones their escapes: map line by line, or to the start of the value. */
function mapScalar(scalar: Scalar, value: string, text: string): (offset: number) => number {
  const [start, end] = scalar.range ?? [0, text.length];
  if (scalar.type === "PLAIN" && text.slice(start, start + value.length) === value) return (offset) => start + offset;
  if (scalar.type !== "BLOCK_LITERAL") return () => start;
  const header = text.indexOf("\n", start) + 1;
  const lines = linesOf(text.slice(header, end));
  const segments: Segment[] = [];
  let query = 0;
  for (const wanted of linesOf(value)) {
    const line = lines[segments.length];
    if (!line) break;
    const body = wanted.text.replace(/\r?\n$/, "");
    const indent = Math.max(0, line.text.indexOf(body));
    segments.push({ query, file: header + line.offset + indent });
    query += wanted.text.length;
  }
  return segments.length > 0 ? offsetMapping(segments) : fromLines([]).offsetInFile;
}
