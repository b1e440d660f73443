import { type BindResult, type BoundResult, bind } from "../binder/bind.ts";
import type { Catalog, ExternalRequest } from "../binder/catalog.ts";
import { type Batch, batchOf, type TableSource } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Cell } from "../data/column.ts";
import { parseDatetime } from "../data/datetime.ts";
import { Decimal } from "../data/decimal.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import * as lint from "../diagnostics/catalogue/lint.ts";
import { type Diagnostic, KqlError } from "../diagnostics/diagnostic.ts";
import { closest } from "../diagnostics/suggest.ts";
import { externalTable } from "../engine/external.ts";
import { nothingAround } from "../engine/surroundings.ts";
import { NeedsLibrary } from "../functions/library.ts";
import { allAggregates } from "../functions/registry.ts";
import type * as statements from "../parser/ast-statements.ts";
import { walk } from "../parser/walk.ts";
import { type OpenTables, openTables } from "./open-tables.ts";
import type { TableSchemas } from "./schema.ts";

export interface BoundWithoutRows {
  readonly results: readonly BoundResult[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Names and types of a query over tables of which only the columns are known. */
export async function bindWithoutRows(
  tree: statements.Query,
  text: string,
  schemas: TableSchemas,
): Promise<BoundWithoutRows> {
  const open = openTables(tree, schemas);
  const parameters = parametersOf(tree);
  const asked = new Set<string>();
  for (;;) {
    const { results, diagnostics, guessed } = await attempt(open, asked, schemas, parameters);
    const fresh = open.any ? unknownNames(diagnostics, text).filter((name) => !asked.has(name)) : [];
    if (fresh.length === 0)
      return { results, diagnostics: certain(diagnostics, { open, guessed, tree, text, schemas }) };
    for (const name of fresh) asked.add(name);
  }
}

/** More than any query has subqueries whose rows matter. */
const maxAttempts = 1000;

async function attempt(
  open: OpenTables,
  asked: ReadonlySet<string>,
  schemas: TableSchemas,
  parameters: ReadonlyMap<string, string>,
): Promise<Extract<BindResult, { kind: "bound" }> & { readonly guessed: boolean }> {
  const tree = open.closed(asked);
  const names = readsAllTables(tree) ? schemas.usual : undefined;
  const catalog = catalogOf(open, asked, names ? { ...schemas, tables: names } : schemas);
  const answers: Batch[] = [];
  while (answers.length < maxAttempts) {
    try {
      const result = bind(tree, catalog, { clock, parameters, answers });
      if (result.kind === "bound") return { ...result, guessed: answers.length > 0 };
      answers.push(oneRow(result.plan.schema));
    } catch (thrown) {
      if (!(thrown instanceof NeedsLibrary)) throw thrown;
      await thrown.load();
    }
  }
  throw new Error("the query asks for more rows than there are subqueries");
}

/** Any moment does: no row is looked at. */
const clock = { now: parseDatetime("2024-01-01") ?? 0n, random: () => 0.5 };

function catalogOf(open: OpenTables, asked: ReadonlySet<string>, schemas: TableSchemas): Catalog {
  const anyColumns: Schema = [...asked].map((name) => ({ name, type: "string" }));
  const table = (name: string): TableSource | undefined => {
    const schema = schemas.columns(name) ?? (open.tables.has(name) ? anyColumns : undefined);
    return schema && emptyTable(schema);
  };
  const tables = { table, tableNames: schemas.tables };
  // Another database may have the same tables, and any others.
  const elsewhere = { ...tables, table: (name: string) => table(name) ?? emptyTable(anyColumns) };
  return {
    ...tables,
    ...nothingAround,
    database: () => elsewhere,
    databaseNames: [],
    external: externalWithoutRows,
  };
}

/** Properties are checked; what kqlite does not read is still good KQL. */
function externalWithoutRows(request: ExternalRequest): TableSource {
  try {
    externalTable(request, {});
  } catch (thrown) {
    if (!(thrown instanceof KqlError) || !unsupported.has(thrown.diagnostics[0].code)) throw thrown;
  }
  return emptyTable(request.columns);
}

const unsupported: ReadonlySet<string> = new Set(["KQ300", "KQ351"]);

function emptyTable(schema: Schema): TableSource {
  return { schema, scan: async function* () {} };
}

const samples: Readonly<Record<ScalarType, Cell>> = {
  bool: true,
  int: 1,
  long: 1n,
  real: 1,
  decimal: new Decimal(1),
  string: "1",
  datetime: clock.now,
  timespan: 36_000_000_000n,
  guid: "00000000-0000-0000-0000-000000000001",
  dynamic: new Map(),
};

/** A row of values that are not null, which constants made of subqueries must often not be. */
function oneRow(schema: Schema): Batch {
  const columns = schema.map(({ type }) => columnFromCells(type, [samples[type]]));
  return batchOf(schema, columns, 1);
}

/** Values for the parameters that have no default. */
function parametersOf(tree: statements.Query): ReadonlyMap<string, string> {
  const texts: Readonly<Record<ScalarType, string>> = {
    bool: "true",
    int: "1",
    long: "1",
    real: "1.0",
    decimal: "decimal(1)",
    string: "1",
    datetime: "datetime(2024-01-01)",
    timespan: "1h",
    guid: "guid(00000000-0000-0000-0000-000000000001)",
    dynamic: "dynamic({})",
  };
  const values = new Map<string, string>();
  for (const statement of tree.statements) {
    if (statement.kind !== "DeclareParameters") continue;
    for (const { name, type, default: fallback } of statement.parameters) {
      if (type.kind === "scalar" && !fallback) values.set(name.name, texts[type.type]);
    }
  }
  return values;
}

/** A column that is not there, or on one side of a join alone. */
const unknownColumn: ReadonlySet<string> = new Set(["KS142", "KS145"]);

function unknownNames(diagnostics: readonly Diagnostic[], text: string): readonly string[] {
  return diagnostics.flatMap((diagnostic) => (unknownColumn.has(diagnostic.code) ? nameAt(diagnostic, text) : []));
}

/** The name that a diagnostic points at, if it points at one. */
function nameAt({ labels: [{ span }] }: Diagnostic, text: string): readonly string[] {
  // What stands behind a dot is part of a value: that the value is a dynamic was not known.
  if (text[span.start - 1] === ".") return [];
  const source = text.slice(span.start, span.end);
  const [, quoted] = /^\[\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*\]$/.exec(source)?.filter((part) => part !== undefined) ?? [];
  if (quoted !== undefined) return [quoted];
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(source) ? [source] : [];
}

interface Known {
  readonly open: OpenTables;
  /** Constants were made of rows that are not there. */
  readonly guessed: boolean;
  readonly tree: statements.Query;
  readonly text: string;
  readonly schemas: TableSchemas;
}

/** What depends on types: they are not known where a table may have any columns. */
const typeProblems = new Set(["KS106", "KS108", "KS116", "KS141", "KS171", "KS227", "KS242", "KQ211"]);
/** What depends on values. */
const valueProblems = new Set(["KQ211", "KQ215", "KQ222", "KQ223", "KQ248", "KS134"]);

/** The diagnostics that are true whatever is not known. */
function certain(diagnostics: readonly Diagnostic[], known: Known): readonly Diagnostic[] {
  const { open, guessed, tree, text, schemas } = known;
  const failed = failedLets(tree, diagnostics);
  const merged = open.any && mergesColumns(tree);
  const asked = new Set<string>();
  return diagnostics.flatMap((diagnostic) => {
    const { code } = diagnostic;
    if (open.any && typeProblems.has(code)) return [];
    if (guessed && valueProblems.has(code)) return [];
    // Columns of one name and several types get new names: https://learn.microsoft.com/kusto/query/union-operator
    if (unknownColumn.has(code) && (merged || (open.any && nameAt(diagnostic, text).length === 0))) return [];
    if (code === "KS116" && nameAt(diagnostic, text).some((name) => schemas.unsureType?.(name))) return [];
    // A `let` that failed has been reported where it stands.
    if (code === "KS111" && nameAt(diagnostic, text).some((name) => failed.has(name))) return [];
    // It may be a function that is stored somewhere: with one of a similar name at hand it is more likely a slip.
    if (code === "KS211" && nameAt(diagnostic, text).some((name) => schemas.hasFunction?.(name))) return [];
    if (code === "KS211" && schemas.open && diagnostic.help === undefined) {
      const [similar] = nameAt(diagnostic, text).map((name) => closest(name, aggregateNames()));
      return [lint.functionNotKnown(diagnostic, similar)];
    }
    if (code === "KS204") return [lint.tableNotInSchema(diagnostic, schemas.name)];
    if (code === "KQ200") return [lint.notChecked(diagnostic)];
    if (code === "KQ213") return [lint.nothingToRun(diagnostic)];
    const told = lint.toldWhenRun(diagnostic);
    // Once is enough for a query that asks again and again.
    if (told !== diagnostic && asked.has(told.message)) return [];
    if (told !== diagnostic) asked.add(told.message);
    return [told];
  });
}

/** The binder proposes functions of the kind that it looks for. */
function aggregateNames(): readonly string[] {
  return allAggregates().map(({ name }) => name);
}

/** `union *`, and `search` and `find` that name no table. */
function readsAllTables(tree: statements.Query): boolean {
  let found = false;
  walk(tree, (node) => {
    if (node.kind === "Union") found ||= node.tables.some(({ kind }) => kind === "Star");
    if (node.kind === "Search" || node.kind === "Find") found ||= node.tables === undefined;
  });
  return found;
}

function mergesColumns(tree: statements.Query): boolean {
  let found = false;
  walk(tree, ({ kind }) => {
    if (kind === "Union" || kind === "Find" || kind === "Search") found = true;
  });
  return found;
}

function failedLets(tree: statements.Query, diagnostics: readonly Diagnostic[]): ReadonlySet<string> {
  const failed = new Set<string>();
  walk(tree, (node) => {
    if (node.kind !== "Let") return;
    const { start, end } = node.span;
    if (diagnostics.some(({ labels: [{ span }] }) => span.start >= start && span.end <= end))
      failed.add(node.name.name);
  });
  return failed;
}
