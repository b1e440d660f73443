import type { TableSource } from "../../data/batch.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { type Diagnostic, KqlError, type Span } from "../../diagnostics/diagnostic.ts";
import { openDocument } from "../../documents/open.ts";
import type { TableOpener } from "../../engine/shelf.ts";
import { inputOf } from "../../readers/input.ts";
import { openTable } from "../../readers/open.ts";
import { utf8Of } from "../../readers/text.ts";
import { casesOf, type SpecCase } from "./cases.ts";
import { type Faults, faultsIn, SpecFault } from "./fault.ts";
import { type TableRows, timeColumns } from "./generate.ts";
import type { OpenCase } from "./open-case.ts";
import { type LoadedQuery, topLets } from "./query.ts";
import { readSpec, type SpecFile } from "./read.ts";
import { tableOfCells, tableOfRows } from "./row-table.ts";
import { ruleOf } from "./rule.ts";
import { type Schemas, schemasFor } from "./schemas.ts";
import { widened } from "./sources.ts";
import type { SpecFiles } from "./spec-files.ts";
import { readStored } from "./stored.ts";
import { strictFaults } from "./strict.ts";

export interface LoadedSpec {
  readonly file: SpecFile;
  readonly query: LoadedQuery;
  readonly cases: readonly OpenCase[];
}

/** Why a spec cannot be run. */
export type LoadFailure =
  /** `about` the spec itself, in whose text the places are. */
  | { readonly about: "spec"; readonly diagnostics: Faults }
  /** About the rule of the query, or a schema: they have no places. */
  | { readonly about: "query"; readonly diagnostics: Faults };

export interface LoadOptions {
  /** Refuses what a test leaves to chance. */
  readonly strict: boolean;
}

/** Reads a spec and everything it names but the files of its tables, which are opened when a query reads them. */
export async function loadSpec(
  name: string,
  text: string,
  files: SpecFiles,
  options: LoadOptions,
): Promise<LoadedSpec | LoadFailure> {
  const file = readSpec(name, text);
  return "spec" in file ? openSpec(file, files, options) : { about: "spec", diagnostics: file };
}

/** The same for a spec that has been read. */
export async function openSpec(
  file: SpecFile,
  files: SpecFiles,
  options: LoadOptions,
): Promise<LoadedSpec | LoadFailure> {
  const { cases, diagnostics } = casesOf(file);
  const wrong = faultsIn(diagnostics);
  if (wrong) return { about: "spec", diagnostics: wrong };
  try {
    const schemas = await schemasFor(file, (path) => pointedAt(file.valueAt(["schema"]), files.text(path)));
    const query = await loadQuery(file, files);
    const faults: Diagnostic[] = [];
    const opened: OpenCase[] = [];
    for (const specCase of cases) {
      try {
        checkLets(specCase, query, file);
        opened.push(await openCase(specCase, query, file, schemas, files));
        if (options.strict) faults.push(...strictFaults(specCase, query, schemas, file));
      } catch (thrown) {
        if (!(thrown instanceof SpecFault)) throw thrown;
        faults.push(thrown.diagnostic);
      }
    }
    // Cases of a matrix share what is wrong with their test.
    const refused = faultsIn(faults);
    if (refused) return { about: "spec", diagnostics: refused };
    return { file, query, cases: opened };
  } catch (thrown) {
    if (thrown instanceof SpecFault) return { about: "spec", diagnostics: [thrown.diagnostic] };
    if (thrown instanceof KqlError) return { about: "query", diagnostics: thrown.diagnostics };
    throw thrown;
  }
}

/** The one query that `query:` names, and its rule. Throws `SpecFault` and `KqlError`. */
async function loadQuery({ spec, valueAt }: SpecFile, files: SpecFiles): Promise<LoadedQuery> {
  const span = valueAt(["query"]);
  const { path, anchor } = splitAnchor(spec.query);
  const found = openDocument(files.shown(path), await pointedAt(span, files.text(path)), anchor);
  if ("message" in found) throw new SpecFault(problem.noQueryThere(span, found.message, found.help));
  const [document, ...more] = found;
  if (!document || more.length > 0) throw new SpecFault(problem.severalQueries(span, spec.query, found.length));
  if (spec.mode !== "rule") return { document };
  const rule = ruleOf(document);
  if (!rule) throw new SpecFault(problem.notARule(span, path));
  return { document, rule };
}

/** A file that cannot be read is a fault of the line that names it. */
async function pointedAt<T>(span: Span, read: Promise<T>): Promise<T> {
  try {
    return await read;
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    const { message, help } = thrown.diagnostics[0];
    throw new SpecFault(problem.unreadableFile(span, message, help));
  }
}

/** `page.md#anchor` */
export function splitAnchor(query: string): { readonly path: string; readonly anchor?: string } {
  const cut = query.lastIndexOf("#");
  return cut <= 0 ? { path: query } : { path: query.slice(0, cut), anchor: query.slice(cut + 1) };
}

function checkLets({ lets }: SpecCase, { document }: LoadedQuery, { keyAt }: SpecFile): void {
  if (lets.size === 0) return;
  const known = topLets(document.text);
  for (const [name, { path }] of lets) {
    const value = known.get(name);
    if (!value) throw new SpecFault(problem.noSuchLet(keyAt(path), name, [...known.keys()]));
    if (value.kind === "Function") throw new SpecFault(problem.letIsFunction(keyAt(path), name));
  }
}

async function openCase(
  specCase: SpecCase,
  { document }: LoadedQuery,
  file: SpecFile,
  schemas: Schemas,
  files: SpecFiles,
): Promise<OpenCase> {
  const tables = new Map<string, TableSource | TableOpener>(
    schemas
      .present(document.text)
      .map((name) => [name, async () => tableOfCells(schemas.columnsOf(name)?.schema ?? [], new Map(), 0)]),
  );
  for (const [name, rows] of specCase.tables) tables.set(name, await openRows(name, rows, file, schemas, files));
  const stored = await readStored(specCase, file, files);
  return { specCase, file, tables, external: files.external(specCase.externaldata), stored };
}

async function openRows(
  name: string,
  rows: TableRows,
  file: SpecFile,
  schemas: Schemas,
  files: SpecFiles,
): Promise<TableSource | TableOpener> {
  const known = schemas.columnsOf(name);
  switch (rows.kind) {
    case "rows":
      if (file.spec.mode === "rule") checkTimes(name, rows, file);
      return tableOfRows(name, rows.rows, known?.schema, rows.path, file);
    case "inline": {
      const input = inputOf(`${name}.csv`, utf8Of(rows.text));
      return async () => openTable(input, { table: name, schema: known?.schema });
    }
    case "file":
      // An export may have columns that a pack does not know yet; a schema file of the user is complete.
      return async () => {
        const declared = known?.declared ? known.schema : undefined;
        return widened(await files.table(rows.file, name, declared), known?.schema ?? []);
      };
  }
}

/** A rule looks at a window of time, in which a row without a time never is. */
function checkTimes(name: string, rows: Extract<TableRows, { kind: "rows" }>, file: SpecFile): void {
  for (const { values, time, path } of rows.rows) {
    const timed = time !== undefined || timeColumns.some((column) => (values[column] ?? null) !== null);
    if (!timed) throw new SpecFault(problem.rowWithoutTime(file.valueAt(path), name));
  }
}
