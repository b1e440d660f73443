import { type Batch, batchOf } from "../data/batch.ts";
import { columnFromCells } from "../data/cells.ts";
import type { Schema } from "../data/types.ts";
import * as problem from "../diagnostics/catalogue/data.ts";
import { KqlError } from "../diagnostics/diagnostic.ts";
import { textInput } from "./fields.ts";
import type { Input } from "./input.ts";
import { cellParser } from "./parse-cell.ts";
import { decodeUtf8 } from "./text.ts";

/** The whole file as the one cell of the first column; the other columns are null. */
export async function* rawBatches(input: Input, schema: Schema): AsyncGenerator<Batch, void, undefined> {
  const opened = await textInput(input);
  const text = decodeUtf8(await opened.input.slice(opened.start, opened.input.size));
  if (text === undefined) throw new KqlError(problem.invalidUtf8(input.name));
  const columns = schema.map(({ type }, index) =>
    columnFromCells(type, [index > 0 || text === "" ? null : (cellParser(type)(text) ?? null)]),
  );
  yield batchOf(schema, columns, 1);
}
