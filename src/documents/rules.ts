import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import type { QueryDocument } from "./document.ts";
import { metadataOf, type Plain } from "./metadata.ts";
import { placesInScalar } from "./scalar-places.ts";
import { parametersDeclared, type StoredQuery, storedQueryOf } from "./stored-query.ts";

/** What is wrong with a YAML or JSON file, and where. */
export interface FileProblem {
  readonly message: string;
  readonly offset: number;
}

/** A mapping that describes a query, and the scalar that is its text. */
interface Rule {
  readonly query: Scalar<string>;
  /** A custom detection of Defender says its kind by its form. */
  readonly kind?: string | undefined;
  /** Where the rule says something of itself; of two places the first counts. */
  readonly said: readonly YAMLMap[];
  readonly stored?: StoredQuery | undefined;
  readonly document: Document;
}

/**
 * The queries of a YAML or JSON file, which YAML is a superset of: rules and hunting queries of Microsoft Sentinel
 * (`query:`), alone, in lists, or several documents in a file; custom detections of Defender (`queryCondition.queryText`);
 * resources of ARM templates (`properties.query`); parsers (`FunctionQuery`, `ParserQuery`). Empty when it holds none.
 */
export function ruleQueries(name: string, text: string): readonly QueryDocument[] | FileProblem {
  const parsed = parseAllDocuments(text, { uniqueKeys: false, logLevel: "silent" });
  const documents: readonly Document[] = Array.isArray(parsed) ? parsed : [];
  const rules: Rule[] = [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error) return { message: error.message.split("\n")[0] ?? "the file is not YAML", offset: error.pos[0] };
    const found: Omit<Rule, "document">[] = [];
    collect(document.contents, "root", [], found);
    rules.push(...found.map((rule) => ({ ...rule, document })));
  }
  const file = { name, text };
  return rules.map(({ query, said, stored, document, kind }, i) => {
    const stated = said.flatMap((map) => entriesOf(map, document));
    const metadata = metadataOf(kind === undefined ? stated : [["kind", kind], ...stated]);
    const head = stored ? parametersDeclared(stored) : "";
    const place = placesInScalar(query, query.value, text);
    return {
      name: rules.length > 1 ? `${name}#${i + 1}` : name,
      title: metadata.title ?? stored?.names[0],
      text: head + query.value,
      file,
      offsetInFile: (offset) => place(Math.max(0, offset - head.length)),
      metadata,
      stored: stored && { ...stored, head },
    };
  });
}

/** Keys of lists that hold rules. */
const lists = /^(rules|queries|detections|analyticrules|huntingqueries|value)$/i;

/** Looks where rules stand; a `query` anywhere else may be one of another language. */
function collect(
  node: unknown,
  place: "root" | "rule" | "elsewhere",
  around: readonly YAMLMap[],
  found: Omit<Rule, "document">[],
): void {
  if (isSeq(node)) {
    for (const item of (node as YAMLSeq).items) collect(item, place === "elsewhere" ? place : "rule", around, found);
    return;
  }
  if (!isMap(node)) return;
  const map = node as YAMLMap;
  const condition = map.get("queryCondition");
  const text = isMap(condition) ? textAt(condition as YAMLMap, "queryText") : undefined;
  if (text) found.push({ query: text, said: defenderParts(map), kind: "CustomDetection" });
  const query = place === "elsewhere" ? undefined : textAt(map, "query");
  // `"[concat(…)]"` is an expression of the template, not a query.
  if (query && !/^\[\s*[a-z]+\s*\(.*\]\s*$/is.test(query.value))
    found.push({ query, said: [map, ...around], stored: storedQueryOf(map) });
  const body = place === "elsewhere" ? undefined : (textAt(map, "FunctionQuery") ?? textAt(map, "ParserQuery"));
  if (body) found.push({ query: body, said: functionParts(map), stored: storedQueryOf(map) });
  for (const { key, value } of map.items) {
    const word = isScalar(key) ? String(key.value) : "";
    // Tests are about the query; what looks like one in them is data.
    if (word === "kqlTests") continue;
    if (word === "properties") collect(value, "rule", [map], found);
    else collect(value, lists.test(word) ? "rule" : "elsewhere", [], found);
  }
}

/** https://learn.microsoft.com/graph/api/resources/security-detectionrule */
function defenderParts(map: YAMLMap): readonly YAMLMap[] {
  const action = map.get("detectionAction");
  const template = isMap(action) ? (action as YAMLMap).get("alertTemplate") : undefined;
  return [map, ...(isMap(template) ? [template as YAMLMap] : [])];
}

function functionParts(map: YAMLMap): readonly YAMLMap[] {
  const about = map.get("Function") ?? map.get("Parser");
  return isMap(about) ? [map, about as YAMLMap] : [map];
}

function textAt(map: YAMLMap, key: string): Scalar<string> | undefined {
  const node: unknown = map.get(key, true);
  return isScalar(node) && typeof node.value === "string" && node.value.trim() !== ""
    ? (node as Scalar<string>)
    : undefined;
}

const notSaid = new Set(["", "query", "queryCondition", "properties", "kqlTests", "FunctionQuery", "ParserQuery"]);

/** What a mapping says, its query and the parts that hold rules of their own aside. */
function entriesOf(map: YAMLMap, document: Document): readonly (readonly [string, Plain])[] {
  const entries: [string, Plain][] = [];
  for (const { key, value } of map.items) {
    const word = isScalar(key) ? String(key.value) : "";
    if (notSaid.has(word)) continue;
    const plain = plainOf(value, document);
    if (word === "schedule" && isObject(plain)) entries.push(...scheduleOf(plain));
    entries.push([word, plain]);
  }
  return entries;
}

/**
 * When a custom detection runs, and how far back it looks. `period` is the older word for `frequency`.
 * https://learn.microsoft.com/graph/api/resources/security-ruleschedule
 */
function* scheduleOf({ frequency, period, lookback }: Schedule): Generator<[string, Plain]> {
  const often = frequency ?? period;
  if (typeof often === "string") yield ["queryFrequency", often];
  if (typeof lookback === "string") yield ["queryPeriod", lookback];
}

function plainOf(node: unknown, document: Document): Plain {
  if (!isNode(node)) return plain(node);
  try {
    return plain(node.toJS(document));
  } catch {
    return null; // aliases of aliases that would fill the memory
  }
}

/** Dates, big integers and the like do not come out of YAML's core schema. */
function plain(value: unknown): Plain {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : String(value);
}

type Schedule = { readonly frequency?: Plain; readonly period?: Plain; readonly lookback?: Plain };

function isObject(value: Plain): value is Schedule {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
