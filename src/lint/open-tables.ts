import type { ScalarType } from "../data/types.ts";
import type { Span } from "../diagnostics/diagnostic.ts";
import { pluginNamed } from "../functions/plugins/registry.ts";
import { aggregateFunction, scalarFunction } from "../functions/registry.ts";
import type * as ast from "../parser/ast.ts";
import type * as statements from "../parser/ast-statements.ts";
import { type Node, rewritten, walk } from "../parser/walk.ts";
import type { TableSchemas } from "./schema.ts";

/*
 * Tables whose columns nobody knows before the query runs: watchlists, functions of a workspace, `bag_unpack`, and tables
 * outside of the schema. The binder wants to know every column; so these get the columns that the query asks them for.
 */

/** Tabular functions that Microsoft's services have built in. Which columns they give depends on their data. */
const builtIn = /^(_GetWatchlist|_GetWatchlistAlias|_(Im|ASim)_\w+|(im|ASim|vim)[A-Z]\w*|_ASIM_\w+)$/i;
/** Functions for `invoke` that add columns. https://learn.microsoft.com/defender-xdr/advanced-hunting-fileprofile-function */
const enriching = /^(FileProfile|DeviceFromIP|SeenBy|AssignedIPAddresses)$/;

/** Functions that name another database. */
const elsewhere = /^(cluster|database|workspace|app|resource|adx)$/;

/** Columns that every watchlist has. https://learn.microsoft.com/azure/sentinel/watchlists-queries */
const watchlistColumns: readonly (readonly [string, ScalarType])[] = [
  ["_DTItemId", "string"],
  ["LastUpdatedTimeUTC", "datetime"],
  ["SearchKey", "string"],
  ["WatchlistItem", "dynamic"],
];

export interface OpenTables {
  /** There is one at all: what the query says of types and columns is then not certain. */
  readonly any: boolean;
  /** Names that stand for tables and are not in the schema. */
  readonly tables: ReadonlySet<string>;
  /** The tree, with what is open replaced by a table of the columns `asked` for. */
  readonly closed: (asked: ReadonlySet<string>) => statements.Query;
}

export function openTables(tree: statements.Query, schemas: TableSchemas): OpenTables {
  const declared = namesDeclared(tree);
  const tables = new Set<string>();
  let any = false;
  walk(tree, (node, around) => {
    const [parent] = around;
    if ((node.kind === "Wildcard" || node.kind === "Star") && parent?.kind === "Union") any = true;
    // Which table it is, and so which types its columns have, is another matter for each call.
    if (node.kind === "Call" && node.name.name === "table" && node.args[0]?.kind === "Name") any = true;
    if (node.kind === "Name" && isTablePlace(node, around) && !declared.has(node.name)) {
      const fuzzy = parent?.kind === "Union" && parent.options.some((option) => option.name.name === "isfuzzy");
      if (!schemas.columns(node.name) && (fuzzy || isSomewhere(node.name))) tables.add(node.name);
    }
    if (node.kind === "Call" && elsewhere.test(node.name.name)) any = true;
    if (isOpen(node, around)) any = true;
  });

  function isSomewhere(name: string): boolean {
    return schemas.open || builtIn.test(name) || Boolean(schemas.hasFunction?.(name) || schemas.mayHave?.(name));
  }

  function isStored(name: string): boolean {
    return enriching.test(name) || builtIn.test(name) || schemas.open || (schemas.hasFunction?.(name) ?? false);
  }

  function isOpen(node: Node, around: readonly Node[]): boolean {
    switch (node.kind) {
      case "Call": {
        const { name } = node.name;
        if (declared.has(name) || around[0]?.kind === "Invoke") return false;
        if (!isTablePlace(node, around)) return builtIn.test(name);
        return builtIn.test(name) || (schemas.hasFunction?.(name) ?? false) || (schemas.open && !isLibrary(name));
      }
      case "Evaluate":
        return !node.schema && pluginNamed(node.call.name.name)?.schema.from === "rows";
      case "Invoke":
        return !declared.has(node.call.name.name) && isStored(node.call.name.name);
      default:
        return false;
    }
  }

  return {
    any: any || tables.size > 0,
    tables,
    closed: (asked) =>
      rewritten(tree, (node, around) => {
        if (!isOpen(node, around)) return undefined;
        switch (node.kind) {
          case "Evaluate":
            return { ...node, schema: { open: true, columns: columns(asked, node.span) } };
          case "Invoke":
            return { kind: "Extend", columns: [...asked].map((name) => emptyText(name, node.span)), span: node.span };
          default:
            return tableWith(asked, node.span);
        }
      }),
  };
}

function isLibrary(name: string): boolean {
  if (scalarFunction(name) || aggregateFunction(name)) return true;
  return /^(toscalar|materialize|table|database|cluster|workspace|app|resource|adx|external_table|materialized_view|column_ifexists|columnifexists|pack_all|bag_pack_columns|column_names_of|stored_query_result|datatable|range|dynamic)$/.test(
    name,
  );
}

/** Places where only a table can stand, or where one does when nothing else has the name. */
function isTablePlace(node: Node, [parent, ...outer]: readonly Node[]): boolean {
  const stands = (part: Node) => part.span.start === node.span.start && part.span.end === node.span.end;
  switch (parent?.kind) {
    case "Pipeline":
      return stands(parent.source) && (parent.operators.length > 0 || isTablePlace(parent, outer));
    case "Join":
    case "Lookup":
      return stands(parent.right);
    case "Search":
    case "Find":
      return parent.tables?.some(stands) ?? false;
    case "Call":
      return parent.name.name === "materialize" && !stands(parent.name);
    case "Let":
      return !stands(parent.name);
    case "Function":
      return stands(parent.body);
    case "Union":
    case "ExpressionStatement":
      return true;
    default:
      return false;
  }
}

/** Every name that the query declares itself, wherever. */
function namesDeclared(tree: statements.Query): ReadonlySet<string> {
  const names = new Set<string>();
  walk(tree, (node) => {
    if (node.kind === "Let" || node.kind === "Parameter" || node.kind === "As") names.add(node.name.name);
  });
  return names;
}

function columns(names: Iterable<string>, span: Span): readonly ast.ColumnDeclaration[] {
  return [...names].map((name) => column(name, "string", span));
}

function column(name: string, type: ScalarType, span: Span): ast.ColumnDeclaration {
  return { kind: "ColumnDeclaration", name: { kind: "Name", name, span }, type, span };
}

function emptyText(name: string, span: Span): ast.Named {
  const value: ast.Literal = { kind: "Literal", type: "string", value: "", text: '""', span };
  return { kind: "Named", names: [{ kind: "Name", name, span }], tuple: false, value, span };
}

/** A table without rows; it has the columns of a watchlist too, whatever it is: they have names of their own. */
function tableWith(asked: ReadonlySet<string>, span: Span): ast.Datatable {
  const fixed = watchlistColumns.map(([name, type]) => column(name, type, span));
  const others = [...asked].filter((name) => !watchlistColumns.some(([known]) => known === name));
  return { kind: "Datatable", columns: [...fixed, ...columns(others, span)], values: [], options: [], span };
}
