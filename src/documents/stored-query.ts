import { isMap, isScalar, isSeq, type YAMLMap } from "yaml";

/**
 * What a file says of a function that it stores: a parser of Microsoft Sentinel, or a saved search of an ARM template.
 * https://learn.microsoft.com/azure/sentinel/normalization-develop-parsers
 * https://learn.microsoft.com/azure/templates/microsoft.operationalinsights/workspaces/savedsearches
 */
export interface StoredQuery {
  /** All that it is called by. */
  readonly names: readonly string[];
  /** As KQL has them between the parentheses of a function. */
  readonly parameters: string;
  /** Those of the parameters that are tables. */
  readonly tables: readonly string[];
}

const nameKeys = ["FunctionAlias", "FunctionName", "ParserName", "EquivalentBuiltInParser", "functionAlias"];

/** Undefined for a query that is no function. */
export function storedQueryOf(map: YAMLMap): StoredQuery | undefined {
  const names = new Set(nameKeys.map((key) => textOf(map, key)).filter((name) => /^[A-Za-z_]\w*$/.test(name)));
  if (names.size === 0) return undefined;
  const given = textOf(map, "functionParameters");
  const parameters = given === "" ? parametersIn(map) : given.split(/,(?![^()[\]]*[)\]])/).map((text) => text.trim());
  return {
    names: [...names],
    parameters: parameters.join(", "),
    tables: parameters.flatMap((text) => /^(\w+)\s*:\s*\(/.exec(text)?.[1] ?? []),
  };
}

/**
 * The statement that declares the parameters, in front of the body: so it reads as a query of its own. Tables cannot be
 * declared.
 */
export function parametersDeclared({ parameters }: StoredQuery): string {
  const scalars = parameters
    .split(/,\s*(?![^()[\]]*[)\]])/)
    .filter((text) => text !== "" && !/^\w+\s*:\s*\(/.test(text));
  return scalars.length === 0 ? "" : `declare query_parameters(${scalars.join(", ")});`;
}

/** `- Name: disabled`, `Type: bool`, `Default: false` */
function parametersIn(map: YAMLMap): readonly string[] {
  const list: unknown = map.get("ParserParams") ?? map.get("FunctionParams") ?? map.get("FunctionParameters");
  if (!isSeq(list)) return [];
  const parameters: YAMLMap[] = [];
  for (const item of list.items.filter(isMap) as YAMLMap[]) {
    const before = parameters.at(-1);
    // Written with a hyphen too many, as some are: `- Name: disabled`, `- Type: bool`.
    if (!item.has("Name") && before) before.items.push(...item.items);
    else parameters.push(item);
  }
  return parameters.flatMap((parameter) => {
    const name = textOf(parameter, "Name");
    const type = textOf(parameter, "Type").replace(/^(table|tabular):?/i, "");
    if (name === "") return [];
    if (type === "" || type.startsWith("(")) return [`${name}:${type || "(*)"}`];
    const value = parameter.has("Default") ? ` = ${literal(type, textOf(parameter, "Default"))}` : "";
    return [`${name}:${type.toLowerCase()}${value}`];
  });
}

function literal(type: string, value: string): string {
  const quoted = /^(["']).*\1$/s.test(value);
  return /^string$/i.test(type) && !quoted ? JSON.stringify(value) : value;
}

function textOf(map: YAMLMap, key: string): string {
  const node: unknown = map.get(key, true);
  return isScalar(node) && node.value !== null ? String(node.value).trim() : "";
}
