/**
 * What a query calls like a function, and what the binder decides by its meaning: arguments that are tables or names,
 * and results that depend on the columns at hand.
 */
export interface Form {
  readonly kind: "form";
  readonly name: string;
  readonly aliases: readonly string[];
  readonly signature: string;
  /** One sentence. */
  readonly summary: string;
  /** The official page. */
  readonly docs: string;
  /** Known only where a graph is looked at. */
  readonly ofGraph?: boolean | undefined;
}

const page = "https://learn.microsoft.com/kusto/query";

function form(
  name: string,
  signature: string,
  summary: string,
  more: Partial<Pick<Form, "aliases" | "docs">> = {},
): Form {
  const docs = `${page}/${name.replaceAll("_", "-")}-function`;
  return { kind: "form", name, aliases: [], signature, summary, docs, ...more };
}

/** Of the pattern of `graph-match` and `graph-shortest-paths`: `path` is an edge of variable length. */
function ofGraph(
  name: string,
  signature: string,
  summary: string,
  at = `${name.replaceAll("_", "-")}-graph-function`,
): Form {
  return { ...form(name, `${name}${signature}`, summary, { docs: `${page}/${at}` }), ofGraph: true };
}

export const forms: readonly Form[] = [
  form("bag_pack_columns", "bag_pack_columns(column, …): dynamic", "A bag of the columns, each under its name."),
  form(
    "column_ifexists",
    "column_ifexists(name: string, default: scalar): scalar",
    "The column of that name; the default where the rows have none.",
    { aliases: ["columnifexists"] },
  ),
  form("column_names_of", "column_names_of(table): dynamic", "An array of the names of the table's columns."),
  form("pack_all", "pack_all([ignore_null_empty: bool]): dynamic", "A bag of all columns of the row."),
  form("toscalar", "toscalar(table): scalar", "The first cell of a table, known before the query runs."),

  form("materialize", "materialize(table): table", "A table that is computed once, however often it is read."),
  form("table", "table(name: string): table", "The table of that name, or the result of the function of that name."),
  form("external_table", "external_table(name: string): table", "The external table of that name: here, a table."),
  form(
    "materialized_view",
    "materialized_view(name: string): table",
    "The materialized view of that name: here, a table.",
  ),
  form("database", "database(name: string).table", "A table of another database that the engine was given.", {
    docs: `${page}/cross-cluster-or-database-queries`,
  }),
  form("cluster", "cluster(name: string).database(name: string).table", "A table of a database of another cluster.", {
    docs: `${page}/cross-cluster-or-database-queries`,
  }),
  form("workspace", "workspace(name: string).table", "A table of another workspace that the engine was given.", {
    docs: "https://learn.microsoft.com/azure/azure-monitor/logs/cross-workspace-query",
    aliases: ["app", "resource"],
  }),
  form("adx", "adx(name: string).table", "A table of a Data Explorer database that the engine was given.", {
    docs: "https://learn.microsoft.com/azure/azure-monitor/logs/azure-monitor-data-explorer-proxy",
  }),
  form("arg", 'arg("").table', "A table of Azure Resource Graph: of the database `arg` that the engine was given.", {
    docs: "https://learn.microsoft.com/azure/azure-monitor/logs/azure-monitor-data-explorer-proxy",
  }),
  form("_GetWatchlist", "_GetWatchlist(alias: string): table", "The items of a watchlist that the engine was given.", {
    docs: "https://learn.microsoft.com/azure/sentinel/watchlists-queries",
  }),
  form("_GetWatchlistAlias", "_GetWatchlistAlias: table", "The aliases of the watchlists that the engine was given.", {
    docs: "https://learn.microsoft.com/azure/sentinel/watchlists-queries",
  }),
  form(
    "FileProfile",
    "T | invoke FileProfile([column], [limit: long])",
    "The rows with what the engine was given to know of the files that they name.",
    { docs: "https://learn.microsoft.com/defender-xdr/advanced-hunting-fileprofile-function" },
  ),

  ofGraph(
    "all",
    "(path, condition): bool",
    "True when the condition is true for every edge or inner node of the path.",
  ),
  ofGraph("any", "(path, condition): bool", "True when the condition is true for an edge or inner node of the path."),
  ofGraph("map", "(path, value): dynamic", "An array of the value for each edge or inner node of the path."),
  ofGraph("inner_nodes", "(path)", "The nodes inside the path, as the first argument of `all`, `any` and `map`."),
  ofGraph("labels", "([element]): dynamic", "The labels of a node or edge: none in a graph that `make-graph` makes."),
  ofGraph("node_degree_in", "([node]): long", "How many edges end at the node.", "node-degree-in"),
  ofGraph("node_degree_out", "([node]): long", "How many edges begin at the node.", "node-degree-out"),
  ofGraph("node_id", "([node]): string", "The id of the node as a text.", "graph-function-overview"),
];
