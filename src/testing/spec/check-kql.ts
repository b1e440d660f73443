import { cellAt } from "../../data/cells.ts";
import * as problem from "../../diagnostics/catalogue/expectations.ts";
import { type Diagnostic, KqlError } from "../../diagnostics/diagnostic.ts";
import { createDatabase, type Database } from "../../engine/database.ts";
import type { ResultTable } from "../../engine/results.ts";
import { rowsOf } from "../../engine/rows.ts";
import { printCell } from "../cells.ts";
import type { Failure } from "./outcome.ts";
import type { Path } from "./yaml.ts";

/** A database whose one table is the result, `input`. */
export function overResult(result: ResultTable, now: bigint): Pick<Database, "query"> {
  const source = {
    schema: result.schema,
    scan: async function* () {
      if (result.rows.length > 0) yield result.rows;
    },
  };
  return createDatabase({ tables: new Map([["input", source]]), clock: () => now });
}

/** The predicate is true for every row: neither false nor null. */
export async function checkAll(
  predicate: string,
  database: Pick<Database, "query">,
  path: Path,
): Promise<readonly Failure[]> {
  const number = "_kqlite_row";
  const text = `input | serialize ${number} = row_number()\n| where not(coalesce((\n${predicate}\n), false))`;
  const ran = await attempt(text, predicate, database, path);
  if ("message" in ran) return [ran];
  const { result } = ran;
  if (result.rows.length === 0) return [];
  const total = (await database.query("input | count")).results[0];
  const count = total ? Number(cellAt(total.rows.column(0), 0)) : 0;
  const details = rowsOf(result)
    .slice(0, mostRows)
    .map((cells) => {
      const shown = result.schema.flatMap(({ name, type }, i) => {
        const cell = cells[i] ?? null;
        return name === number || cell === null || cell === "" ? [] : [`${name} ${printCell(type, cell)}`];
      });
      return problem.rowText(Number(cells.at(-1) ?? 0), shown.slice(0, mostCells).join("   "));
    });
  return [{ message: problem.notForAll(predicate, result.rows.length, count), details, path }];
}

const mostRows = 5;
const mostCells = 6;

/** The pipeline leaves a row; where it leaves one bool a row, all of them are true. */
export async function checkAssert(
  pipeline: string,
  database: Pick<Database, "query">,
  path: Path,
): Promise<readonly Failure[]> {
  const whole = /^\s*input\b/.test(pipeline) ? pipeline : `input | ${pipeline.replace(/^\s*\|/, "")}`;
  const ran = await attempt(whole, pipeline, database, path);
  if ("message" in ran) return [ran];
  const { result } = ran;
  if (result.rows.length === 0) return [{ message: problem.assertionEmpty(pipeline), details: [], path }];
  const [field, ...others] = result.schema;
  const says = field?.type === "bool" && others.length === 0 ? rowsOf(result).map(([cell]) => cell === true) : [];
  return says.every((each) => each) ? [] : [{ message: problem.assertionFalse(pipeline), details: [], path }];
}

async function attempt(
  text: string,
  shown: string,
  database: Pick<Database, "query">,
  path: Path,
): Promise<{ readonly result: ResultTable } | Failure> {
  try {
    const { results } = await database.query(text);
    const [result] = results;
    if (result && results.length === 1) return { result };
    return { message: problem.notOneResult(results.length), details: [], path };
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return { message: problem.kqlFails(shown), details: thrown.diagnostics.map(lineOf), path };
  }
}

function lineOf({ code, message, help }: Diagnostic): string {
  return `${code}: ${message}${help === undefined ? "" : `; ${help}`}`;
}
