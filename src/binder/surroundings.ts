import { batchOf } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Dynamic } from "../data/dynamic.ts";
import { realOf } from "../data/json.ts";
import { wrongArgumentCount } from "../diagnostics/catalogue/binding.ts";
import * as problem from "../diagnostics/catalogue/surroundings.ts";
import { closest } from "../diagnostics/suggest.ts";
import { rowwise } from "../functions/lift.ts";
import { scalarFunction } from "../functions/registry.ts";
import { required } from "../functions/signature.ts";
import type * as ast from "../parser/ast.ts";
import type { Expr, Plan } from "../plan/nodes.ts";
import type { Location } from "./catalog.ts";
import { callFunction, literal } from "./coerce.ts";
import { bindConstant, bindExpr, type Place } from "./place.ts";
import type { Table } from "./scope.ts";

/* What a workspace of Microsoft Sentinel has around its tables, out of what the engine was given in its place. */

type TableForm = (call: ast.Call, place: Place) => Table | undefined;

const tables: Readonly<Record<string, TableForm | undefined>> = Object.assign(Object.create(null) as object, {
  _GetWatchlist: bindWatchlist,
  _GetWatchlistAlias: bindWatchlistAliases,
});

export function surroundingTable(name: string): TableForm | undefined {
  return tables[name];
}

/** _GetWatchlist("alias"). https://learn.microsoft.com/azure/sentinel/watchlists-queries */
function bindWatchlist(call: ast.Call, place: Place): Table | undefined {
  const { context } = place;
  const { surroundings } = context.catalog;
  const [argument, extra] = call.args;
  if (!argument || extra) {
    context.report(wrongArgumentCount(call.name.span, call.name.name, "1 argument", call.args.length));
    return undefined;
  }
  const alias = bindConstant(argument, place, "the alias of a watchlist");
  if (!alias) return undefined;
  const name = String(alias.value ?? "");
  const source = surroundings.watchlist(name);
  if (!source) {
    context.report(problem.unknownWatchlist(argument.span, name, closest(name, surroundings.watchlistNames)));
    return undefined;
  }
  const plan: Plan = { kind: "Scan", name: call.name.name, source, schema: source.schema, origin: call.span };
  return { plan, serialized: false };
}

/** _GetWatchlistAlias: the documentation shows a list of aliases, and does not spell the name of its column. */
function bindWatchlistAliases(call: ast.Call, { context }: Place): Table | undefined {
  if (call.args.length > 0) {
    context.report(wrongArgumentCount(call.name.span, call.name.name, "no arguments", call.args.length));
    return undefined;
  }
  const { watchlistNames } = context.catalog.surroundings;
  const schema = [{ name: "WatchlistAlias", type: "string" as const }];
  const rows = batchOf(schema, [columnFromCells("string", watchlistNames)], watchlistNames.length);
  return { plan: { kind: "Values", rows, schema, origin: call.span }, serialized: false };
}

type ScalarForm = (call: ast.Call, place: Place) => Expr | undefined;

const scalars: Readonly<Record<string, ScalarForm | undefined>> = Object.assign(Object.create(null) as object, {
  geo_info_from_ip_address: bindLocation,
  ingestion_time: bindIngestionTime,
  current_cluster_endpoint: (call: ast.Call, place: Place) => bindIdentity("cluster", call, place),
  current_database: (call: ast.Call, place: Place) => bindIdentity("database", call, place),
  current_principal: (call: ast.Call, place: Place) => bindIdentity("principal", call, place),
  current_principal_details: (call: ast.Call, place: Place) => bindIdentity("principalDetails", call, place),
  current_principal_is_member_of: bindMembership,
});

/** The call by what the engine was given; undefined where it was given nothing, and the library's declaration refuses. */
export function surroundingScalar(call: ast.Call, place: Place): Expr | undefined {
  return scalars[call.name.name]?.(call, place);
}

function bindIdentity(
  member: "cluster" | "database" | "principal" | "principalDetails",
  call: ast.Call,
  { context }: Place,
): Expr | undefined {
  const value = context.catalog.surroundings.identity[member];
  if (value === undefined || call.args.length > 0) return undefined;
  return literal(member === "principalDetails" ? "dynamic" : "string", value, call.span);
}

/** True when the principal is in one of the groups, which are texts or arrays of them. */
function bindMembership(call: ast.Call, place: Place): Expr | undefined {
  const groups = place.context.catalog.surroundings.identity.memberOf;
  if (groups === undefined || call.args.length === 0) return undefined;
  let member = false;
  for (const arg of call.args) {
    const given = bindConstant(arg, place, "a group");
    if (!given) return literal("bool", null, call.span);
    const names = Array.isArray(given.value) ? given.value : [given.value];
    member ||= names.some((name) => groups.includes(String(name)));
  }
  return literal("bool", member, call.span);
}

/** The column of the row that the engine was told to take for the time of ingestion. */
function bindIngestionTime(call: ast.Call, place: Place): Expr | undefined {
  const { ingestionTime } = place.context.catalog.surroundings;
  if (ingestionTime === undefined || call.args.length > 0) return undefined;
  const index = place.row?.schema.findIndex(({ name, type }) => name === ingestionTime && type === "datetime") ?? -1;
  if (index >= 0) return { kind: "Column", index, name: ingestionTime, type: "datetime", span: call.span };
  place.context.report(problem.noIngestionColumn(call.span, ingestionTime));
  return literal("datetime", null, call.span);
}

const located = new WeakMap<object, ReturnType<typeof rowwise>>();

/** https://learn.microsoft.com/kusto/query/geo-info-from-ip-address-function */
function bindLocation(call: ast.Call, place: Place): Expr | undefined {
  const find = place.context.catalog.surroundings.locations();
  const declared = scalarFunction(call.name.name);
  const [argument, extra] = call.args;
  if (!find || !declared || !argument || extra) return undefined;
  // One kernel for all queries: what it has found for a dictionary of texts it knows.
  const overload =
    located.get(find) ??
    rowwise([required("ip", "string")], "dynamic", (ip) => {
      const location = find(ip);
      return location ? bagOf(location) : null;
    });
  located.set(find, overload);
  return callFunction(place.context, { ...declared, overloads: [overload] }, [bindExpr(argument, place)], call.span);
}

function bagOf({ country, state, city, latitude, longitude }: Location): Dynamic {
  return new Map<string, Dynamic>([
    ["country", country],
    ["state", state],
    ["city", city],
    ["latitude", latitude === null ? null : realOf(latitude)],
    ["longitude", longitude === null ? null : realOf(longitude)],
  ]);
}
