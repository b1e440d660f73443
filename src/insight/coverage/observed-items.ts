import { constantColumn } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import type { isArray } from "../../data/dynamic.ts";
import { gatherColumn } from "../../data/gather.ts";
import { kqlLiteral } from "../../data/text.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type { Call, Expr, Literal } from "../../plan/nodes.ts";
import { firstRows } from "../../runtime/first-rows.ts";
import { keyIndex } from "../../runtime/keys.ts";
import type { Book, Tally } from "./tally.ts";
import { truthsOf } from "./truth.ts";

/** A list that a condition looks into, whose items are counted one by one. */
export interface List {
  readonly call: Call;
  readonly operand: Expr;
  readonly items: readonly { readonly value: Literal; readonly tally: Tally }[];
  /** `!in`: an item is found where the call is false. */
  readonly negated: boolean;
  /** has_all: an item decides where all others are found; else where no other one is. */
  readonly every: boolean;
}

const listFunctions = ["in", "!in", "in~", "!in~", "has_any", "has_all"].map(scalarFunction);

export function listOf(call: Call, book: Book): List | undefined {
  if (!listFunctions.includes(call.fn)) return undefined;
  const [operand, ...args] = call.args;
  const values = args.flatMap((arg) => itemsOf(arg, book));
  if (!operand || values.length < 2 || values.length > mostItems) return undefined;
  const items = values.map(({ value, text }) => ({ value, tally: book.open("item", value.span, text) }));
  return { call, operand, items, negated: call.fn.name.startsWith("!"), every: call.fn.name === "has_all" };
}

/** Of a longer list nobody looks at the items one by one. */
const mostItems = 200;

function itemsOf(arg: Expr, book: Book): readonly { readonly value: Literal; readonly text: string }[] {
  if (arg.kind !== "Literal") return [];
  const { type, value, span } = arg;
  if (type !== "dynamic") return [{ value: arg, text: kqlLiteral(type, value) }];
  // A subquery's rows are a list, too: data, not part of the query.
  if (typeof value !== "object" || value === null || !Array.isArray(value) || !book.spelledOut(span)) return [];
  return value.map((item: unknown) => {
    const one = item as Parameters<typeof isArray>[0]; // an item of a dynamic array
    const text = typeof one === "string" ? kqlLiteral("string", one) : kqlLiteral("dynamic", one);
    return { value: { kind: "Literal", type: "dynamic", value: [one], span }, text };
  });
}

type CallContext = Parameters<Call["overload"]["eval"]>[1];

export function countItems({ call, items, negated, every }: List, operand: Column, context: CallContext): void {
  const terms = call.fn.name.startsWith("has_");
  // The terms of a column are remembered with the column as it is.
  const { cells, count, weights } =
    terms && !operand.constant ? everyCell(operand, context.rows) : distinctCells(operand, context.rows);
  const within: CallContext = { ...context, rows: count, returns: "bool" };
  const found = items.map(({ value }) => {
    const truths = truthsOf(itemFound(call, value, cells, within), count);
    return negated ? truths.map((truth) => (truth === 2 ? 2 : 1 - truth)) : truths;
  });
  const hits = new Uint32Array(count);
  for (const truths of found) for (let i = 0; i < count; i++) hits[i]! += truths[i]! & 1;
  const others = every ? items.length - 1 : 0;
  for (const [item, { tally }] of items.entries()) {
    const truths = found[item]!;
    for (let i = 0; i < count; i++) {
      const rows = weights[i]!;
      const truth = truths[i]!;
      if (truth === 1) tally.true += rows;
      else if (truth === 2) tally.null += rows;
      else tally.false += rows;
      if (hits[i]! - (truth & 1) === others) tally.deciding += rows;
    }
  }
}

const has = scalarFunction("has")?.overloads[0];

/** `has` is `has_any` of one item, and remembers the terms of a column. */
function itemFound(call: Call, value: Literal, cells: Column, context: CallContext): Column {
  const [item] = Array.isArray(value.value) ? (value.value as readonly unknown[]) : [value.value];
  if (has && call.fn.name.startsWith("has_") && cells.type === "string" && typeof item === "string") {
    return has.eval([cells, constantColumn("string", item)], context);
  }
  return call.overload.eval([cells, constantColumn(value.type, value.value)], context);
}

/** The different cells of a column, and how many rows have each. */
interface DistinctCells {
  readonly cells: Column;
  readonly count: number;
  readonly weights: ArrayLike<number>;
}

function distinctCells(column: Column, rows: number): DistinctCells {
  if (column.constant) return { cells: column, count: 1, weights: [rows] };
  if (column.type !== "string") {
    const index = keyIndex([column.type]);
    const ids = index.add([column], rows);
    return {
      cells: gatherColumn(column, firstRows(ids, 0, index.count)),
      count: index.count,
      weights: counts(ids, index.count),
    };
  }
  const { codes, dictionary } = column.data;
  const count = dictionary.length;
  // A few rows of a column of many texts.
  if (count > 4 * rows) return everyCell(column, rows);
  const identity = Int32Array.from({ length: count }, (_, code) => code);
  return {
    cells: { type: "string", data: { codes: identity, dictionary } },
    count,
    weights: counts(codes.subarray(0, rows), count),
  };
}

function everyCell(column: Column, rows: number): DistinctCells {
  return { cells: column, count: rows, weights: new Uint8Array(rows).fill(1) };
}

function counts(ids: Int32Array, count: number): Uint32Array {
  const weights = new Uint32Array(count);
  for (let i = 0; i < ids.length; i++) weights[ids[i]!]!++;
  return weights;
}
