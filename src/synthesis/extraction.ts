import { cellAt, columnFromCells } from "../data/cells.ts";
import type { Overload, ScalarFunction } from "../functions/signature.ts";
import type * as op from "../parser/ast-operators.ts";
import type * as statements from "../parser/ast-statements.ts";
import type { Call, Extract } from "../plan/nodes.ts";
import type { Pattern } from "./goal.ts";
import { sampleOf } from "./regex-sample.ts";
import { atomKey } from "./spans.ts";

/** A function that stands for a column which `parse` makes, so that conditions on the column can be tried on texts. */
export interface Extraction extends ScalarFunction {
  /** The number of the column. */
  readonly index: number;
  readonly pattern: Pattern | undefined;
}

export const extractionName = ".extracted";

/** The `index`th column of a parse, as a call over its text. */
export function extractionOf(
  { text, extractor, schema, outputs, origin }: Extract,
  index: number,
  pattern: Pattern | undefined,
): Call {
  const type = schema[outputs[index] ?? 0]?.type ?? "string";
  const overload: Overload = {
    params: [],
    returns: type,
    eval: ([column], { rows }) =>
      columnFromCells(
        type,
        Array.from({ length: rows }, (_, row) => {
          const given = column && cellAt(column, row);
          return (typeof given === "string" ? extractor.extract(given)?.[index] : undefined) ?? null;
        }),
      ),
  };
  const fn: Extraction = {
    kind: "scalar",
    name: extractionName,
    aliases: [],
    summary: "",
    docs: "",
    volatility: "pure",
    resultName: "none",
    overloads: [overload],
    index,
    pattern,
  };
  return { kind: "Call", fn, overload, args: [text], type, span: origin };
}

export function isExtraction(fn: ScalarFunction): fn is Extraction {
  return fn.name === extractionName;
}

/** The patterns of the parses of a query, by where they stand: the plan has them compiled only. */
export function patternsIn(tree: statements.Query): ReadonlyMap<string, Pattern> {
  const found = new Map<string, Pattern>();
  const visit = (node: unknown): void => {
    if (typeof node !== "object" || node === null) return;
    if ("kind" in node && node.kind === "Parse") {
      const parse = node as op.Parse; // its kind says so
      const regex = parse.options.some(
        ({ name, value }) => name.name === "kind" && JSON.stringify(value).includes('"regex"'),
      );
      found.set(
        atomKey(parse.span),
        parse.pattern.map((part) => partOf(part, regex)),
      );
    }
    for (const inner of Array.isArray(node) ? node : Object.values(node)) visit(inner);
  };
  visit(tree);
  return found;
}

function partOf(part: op.Parse["pattern"][number], regex: boolean): Pattern[number] {
  switch (part.kind) {
    case "Star":
      return { kind: "skip" };
    case "ParsedColumn":
      return { kind: "column", type: part.type ?? "string" };
    case "Literal": {
      const text = String(part.value);
      return { kind: "text", text: (regex ? sampleOf(text)?.text : undefined) ?? text };
    }
  }
}
