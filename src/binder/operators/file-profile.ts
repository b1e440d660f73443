import type { ScalarType, Schema } from "../../data/types.ts";
import { unknownName, wrongArgumentCount } from "../../diagnostics/catalogue/binding.ts";
import * as problem from "../../diagnostics/catalogue/surroundings.ts";
import { closest } from "../../diagnostics/suggest.ts";
import type * as ast from "../../parser/ast.ts";
import { parse } from "../../parser/parse.ts";
import type { Plan } from "../../plan/nodes.ts";
import { bindConstant, bindTable, type Place } from "../place.ts";
import { Scope, type Table } from "../scope.ts";
import { withSpans } from "../spans.ts";
import { bindLet } from "../statements.ts";

/*
 * T | invoke FileProfile(SHA1, 1000): what the engine was given to know of files, beside the rows that name them.
 * https://learn.microsoft.com/defender-xdr/advanced-hunting-fileprofile-function
 */

/** The columns that it adds, each where the input has none of that name; `ProfileAvailability` comes last. */
const columns: readonly (readonly [string, ScalarType])[] = [
  ["SHA1", "string"],
  ["SHA256", "string"],
  ["MD5", "string"],
  ["FileSize", "int"],
  ["GlobalPrevalence", "int"],
  ["GlobalFirstSeen", "datetime"],
  ["GlobalLastSeen", "datetime"],
  ["Signer", "string"],
  ["Issuer", "string"],
  ["SignerHash", "string"],
  ["IsCertificateValid", "bool"],
  ["IsRootSignerMicrosoft", "bool"],
  ["SignatureState", "string"],
  ["IsExecutable", "bool"],
  ["ThreatName", "string"],
  ["Publisher", "string"],
  ["SoftwareName", "string"],
];

const usualLimit = 100n;
const maxLimit = 1000n;

export function bindFileProfile(call: ast.Call, input: Table, place: Place): Table | undefined {
  const { context } = place;
  if (call.args.length > 2) {
    context.report(wrongArgumentCount(call.name.span, call.name.name, "0 to 2 arguments", call.args.length));
    return undefined;
  }
  const profiles = context.catalog.surroundings.fileProfiles();
  if (!profiles) {
    context.report(problem.noFileProfiles(call.name.span));
    return undefined;
  }
  const keys = ["SHA1", "SHA256"].filter((key) => profiles.schema.some(({ name }) => name === key));
  if (keys.length === 0) {
    context.report(problem.fileProfileKeys(call.name.span));
    return undefined;
  }
  const column = idColumn(call, input.plan.schema, place);
  const limit = limitOf(call, place);
  if (column === undefined || limit === undefined) return undefined;
  const scan: Plan = {
    kind: "Scan",
    name: "FileProfile",
    source: profiles,
    schema: profiles.schema,
    origin: call.span,
  };
  const tables = new Map<string, Table>([
    ["Input", input],
    ["Profiles", { plan: scan, serialized: false }],
  ]);
  return bindText(queryText(input.plan.schema, profiles.schema, keys, column, limit), tables, call, place);
}

/** The column that names the files: `SHA1`, or as the query says, by its name or by a text. */
function idColumn({ args: [argument], name }: ast.Call, schema: Schema, place: Place): string | undefined {
  const { context } = place;
  const named = argument?.kind === "Name" ? argument.name : argument && constantText(argument, place);
  if (argument && named === undefined) return undefined;
  const column = named ?? "SHA1";
  if (schema.some((field) => field.name === column)) return column;
  const names = schema.map((field) => field.name);
  context.report(unknownName((argument ?? name).span, column, closest(column, names)));
  return undefined;
}

function constantText(argument: ast.Expr, place: Place): string | undefined {
  const value = bindConstant(argument, place, "the column of `FileProfile`");
  return value && String(value.value);
}

function limitOf({ args: [, argument] }: ast.Call, place: Place): bigint | undefined {
  if (!argument) return usualLimit;
  const bound = bindConstant(argument, place, "the limit of `FileProfile`");
  if (!bound) return undefined;
  const limit = typeof bound.value === "number" ? BigInt(Math.trunc(bound.value)) : bound.value;
  if (typeof limit === "bigint" && limit >= 1n && limit <= maxLimit) return limit;
  place.context.report(problem.fileProfileLimit(argument.span));
  return undefined;
}

/**
 * Of rows beyond the limit, and of rows whose ID is no hash, nothing is known: `ProfileAvailability` is empty then. Where
 * files have two profiles the first counts.
 */
function queryText(input: Schema, profiles: Schema, keys: readonly string[], column: string, limit: bigint): string {
  const known = columns.map(([name, type]) => {
    const given = profiles.some((field) => field.name === name);
    const empty = type === "string" ? '""' : `${type}(null)`;
    return `${quoted(name)} = ${given ? `to${type}(${quoted(name)})` : empty}`;
  });
  const stated = profiles.some(({ name }) => name === "ProfileAvailability");
  const availability = stated ? "tostring(ProfileAvailability)" : '"Available"';
  const added = columns.map(([name]) => name).filter((name) => !input.some((field) => field.name === name));
  const hash = `tolower(tostring(${quoted(column)}))`;
  const taken = new Set(input.map(({ name }) => name));
  const rowColumn = free("Row", taken);
  const keyColumn = free("Key", taken);
  const output = [
    ...input.map(({ name }) => `${quoted(name)} = ${quoted(name)}`),
    ...added.map((name) => `${quoted(name)} = ${quoted(`Profile_${name}`)}`),
    `ProfileAvailability = case(isempty(${keyColumn}), "", isnull(Profile_Row), "Missing", Profile_Availability)`,
  ];
  return `
    let Known = Profiles | serialize
      | project Profile_Row = row_number(), Profile_Availability = ${availability},
          ${known.map((text) => text.replace("['", "['Profile_")).join(", ")};
    let Keyed = union ${keys.map((key) => `(Known | extend Profile_Key = tolower(Profile_${key}))`).join(", ")}
      | where isnotempty(Profile_Key) | summarize arg_min(Profile_Row, *) by Profile_Key;
    Input | serialize ${rowColumn} = row_number()
      | extend ${keyColumn} = iff(${rowColumn} <= ${limit} and ${hash} matches regex "^([0-9a-f]{40}|[0-9a-f]{64})$", ${hash}, "")
      | join kind=leftouter Keyed on $left.${keyColumn} == $right.Profile_Key
      | project ${output.join(", ")}`;
}

function quoted(name: string): string {
  return `['${name.replace(/[\\']/g, "\\$&")}']`;
}

/** A name that neither the input nor a profile has. */
function free(name: string, taken: ReadonlySet<string>): string {
  let candidate = `Profile_${name}Of`;
  while (taken.has(candidate)) candidate += "_";
  return candidate;
}

/** The plan of a text of ours, where `tables` are known; all of it stands at `call`. */
function bindText(text: string, tables: ReadonlyMap<string, Table>, call: ast.Call, place: Place): Table | undefined {
  const { tree } = parse(text);
  const scope = new Scope();
  for (const [name, table] of tables) scope.set(name, { kind: "table", table });
  const inner: Place = { ...place, scope, row: undefined, search: undefined };
  for (const statement of withSpans(tree.statements, () => call.span)) {
    if (statement.kind === "Let") bindLet(statement, inner);
    else if (statement.kind === "ExpressionStatement") return bindTable(statement.expression, inner);
  }
  return undefined;
}
