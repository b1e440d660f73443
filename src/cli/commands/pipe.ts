import type { TableSource } from "../../data/batch.ts";
import { cellAt } from "../../data/cells.ts";
import { wireValue } from "../../data/text.ts";
import { pipeDefect } from "../../diagnostics/catalogue/usage.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import { createDatabase, type DatabaseOptions } from "../../engine/database.ts";
import { externalTable } from "../../engine/external.ts";
import { inMemory } from "../../engine/in-memory.ts";
import type { ResultTable } from "../../engine/results.ts";
import { fileInput, openTableFile, tableFile } from "../../node/files.ts";
import { nodeInflaters } from "../../node/inflate.ts";
import { openTable } from "../../readers/open.ts";
import { hostClock } from "../clock.ts";
import { exitCode } from "../exit.ts";
import { linesOf } from "../lines.ts";
import { BadRequest, parseLine, type RequestTable, requestOf } from "../requests.ts";
import { type SurroundingOptions, surroundings } from "../surroundings.ts";
import { print } from "../terminal.ts";

/**
 * Answers queries, one JSON object a line, in the order they come in:
 *
 *     {"id":1,"query":"T | count","tables":{"T":{"path":"t.csv","schema":[{"name":"a","type":"long"}]}}}
 *     {"id":1,"columns":[{"name":"Count","type":"long"}],"rows":[[3]]}
 *
 * `schema`, `now` and `parameters` may be absent; of several results, all but the first stand in `more`. A request that
 * fails gives `{"id":1,"error":"KS142: …"}`. Nothing stops it but the end of its input.
 */
export async function pipe(options: SurroundingOptions): Promise<number> {
  const given = await surroundings(options);
  const tables = new TableCache();
  for await (const line of linesOf(process.stdin as AsyncIterable<Uint8Array>)) {
    if (/^\s*$/.test(Buffer.from(line.subarray(0, 64)).toString("latin1")) && line.length < 64) continue;
    await print(await answer(line, given, tables));
  }
  return exitCode.ok;
}

async function answer(line: Uint8Array, around: DatabaseOptions, cache: TableCache): Promise<Iterable<string>> {
  let id = "null";
  try {
    const object = parseLine(line);
    const { id: given } = object;
    id = JSON.stringify(given ?? null);
    const request = requestOf(object);
    const tables = new Map(request.tables.map((table) => [table.name, () => cache.open(table)]));
    const external: DatabaseOptions["external"] = (request) => externalTable(request, {});
    const database = createDatabase({ ...around, tables, external, clock: hostClock });
    const { results } = await database.query(request.query, request);
    return answerLine(id, results);
  } catch (thrown) {
    return [`{"id":${id},"error":${JSON.stringify(errorText(thrown))}}\n`];
  }
}

function errorText(thrown: unknown): string {
  if (thrown instanceof KqlError || thrown instanceof BadRequest) return thrown.message;
  return pipeDefect(thrown instanceof Error ? thrown.message : String(thrown));
}

function* answerLine(id: string, [first, ...more]: readonly ResultTable[]): Iterable<string> {
  yield `{"id":${id}`;
  if (first) {
    yield ",";
    yield* members(first);
  }
  for (const [i, table] of more.entries()) {
    yield i === 0 ? ',"more":[{' : "},{";
    yield* members(table);
  }
  yield more.length > 0 ? "}]}\n" : "}\n";
}

function* members({ schema, rows }: ResultTable): Iterable<string> {
  yield `"columns":${JSON.stringify(schema.map(({ name, type }) => ({ name, type })))},"rows":[`;
  const columns = schema.map((_, index) => rows.column(index));
  for (let row = 0; row < rows.length; row++) {
    const cells = columns.map((column) => wireValue(column.type, cellAt(column, row)));
    yield `${row === 0 ? "" : ","}[${cells.join(",")}]`;
  }
  yield "]";
}

/** More tables than a run of requests is likely to come back to. */
const maxTables = 256;

/** Tables in memory, by file and schema: requests come back to them. The one not used for the longest time goes first. */
class TableCache {
  readonly #tables = new Map<string, Promise<TableSource>>();

  open(table: RequestTable): Promise<TableSource> {
    const key = JSON.stringify([table.name, table.path, table.schema]);
    const opened = this.#tables.get(key) ?? loaded(table);
    this.#tables.delete(key);
    this.#tables.set(key, opened);
    // A file that could not be read may be there the next time.
    opened.catch(() => this.#tables.delete(key));
    const [oldest] = this.#tables.keys();
    if (this.#tables.size > maxTables && oldest !== undefined) this.#tables.delete(oldest);
    return opened;
  }
}

async function loaded({ name, path, schema }: RequestTable): Promise<TableSource> {
  if (schema === undefined) return inMemory(await openTableFile(await tableFile(path, name)));
  return inMemory(await openTable(await fileInput(path), { table: name, schema, inflaters: nodeInflaters }));
}
