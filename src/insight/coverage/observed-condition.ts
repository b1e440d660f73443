import { constantColumn } from "../../data/cells.ts";
import type { Column } from "../../data/column.ts";
import type { isArray } from "../../data/dynamic.ts";
import { kqlLiteral } from "../../data/text.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import { scalarFunction } from "../../functions/registry.ts";
import type { Call, Expr, Literal } from "../../plan/nodes.ts";
import { atomsOf, type Condition, conditionOf } from "../conditions.ts";
import type { ConditionCoverage } from "./coverage.ts";
import { observer } from "./observer.ts";
import { decidingRows, type Truths, truthsOf } from "./truth.ts";

export interface Tally {
  readonly kind: ConditionCoverage["kind"];
  readonly span: Span;
  /** Absent where the text at `span` says it. */
  readonly text?: string | undefined;
  true: number;
  false: number;
  null: number;
  deciding: number;
}

/** Where the tallies of a run are kept. */
export interface Book {
  open(kind: Tally["kind"], span: Span, text?: string): Tally;
  /** The list at this place is one that the query spells out, there or in a `let`. */
  spelledOut(span: Span): boolean;
}

/** The same condition, watched: `kept` hears how many of the rows it is true for. */
export function observedCondition(
  expr: Expr,
  kind: "condition" | "branch",
  book: Book,
  kept?: (rows: number, kept: number) => void,
): Expr {
  const condition = conditionOf(expr);
  const atoms = atomsOf(condition);
  const watched = atoms.map((atom) => (atom.kind === "Literal" ? undefined : book.open(kind, atom.span)));
  const lists = atoms.map((atom) => (atom.kind === "Call" ? listOf(atom, book) : undefined));
  // Behind the atoms come the operands of the lists, which are items of their own.
  const operands = lists.flatMap((list) => (list ? [list.operand] : []));
  return observer([...atoms, ...operands], expr, (args, call) => {
    const columns = args.slice(0, atoms.length);
    const truths = columns.map((column) => truthsOf(column, call.rows));
    const deciding = condition.kind === "atom" ? [call.rows] : decidingRows(condition, truths, call.rows);
    for (const [i, tally] of watched.entries()) if (tally) count(tally, truths[i]!, deciding[i]!);
    let next = atoms.length;
    for (const list of lists) if (list) countItems(list, args[next++]!, call);
    const result = combined(condition, columns, { at: 0 }, call);
    if (kept) {
      const whole = condition.kind === "atom" ? truths[0]! : truthsOf(result, call.rows);
      kept(
        call.rows,
        whole.reduce((sum, truth) => sum + (truth & 1), 0),
      );
    }
    return result;
  });
}

export function count(tally: Tally, truths: Truths, deciding: number): void {
  let [trues, nulls] = [0, 0];
  for (let i = 0; i < truths.length; i++) {
    trues += truths[i]! & 1;
    nulls += truths[i]! >> 1;
  }
  tally.true += trues;
  tally.null += nulls;
  tally.false += truths.length - trues - nulls;
  tally.deciding += deciding;
}

type CallContext = Parameters<Call["overload"]["eval"]>[1];

/** The whole condition out of its atoms, by the functions of the library themselves. */
function combined(condition: Condition, atoms: readonly Column[], next: { at: number }, call: CallContext): Column {
  if (condition.kind === "atom") return atoms[next.at++]!;
  const args = condition.operands.map((operand) => combined(operand, atoms, next, call));
  return condition.call.overload.eval(args, { ...call, returns: "bool" });
}

interface List {
  readonly call: Call;
  readonly operand: Expr;
  readonly items: readonly { readonly value: Literal; readonly tally: Tally }[];
  /** `!in`: an item is found where the call is false. */
  readonly negated: boolean;
  /** has_all: an item decides where all others are found; else where no other one is. */
  readonly every: boolean;
}

const listFunctions = ["in", "!in", "in~", "!in~", "has_any", "has_all"].map(scalarFunction);

function listOf(call: Call, book: Book): List | undefined {
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

function countItems({ call, items, negated, every }: List, operand: Column, context: CallContext): void {
  const { rows } = context;
  const found = items.map(({ value }) => {
    const column = call.overload.eval([operand, constantColumn(value.type, value.value)], {
      ...context,
      returns: "bool",
    });
    const truths = truthsOf(column, rows);
    return negated ? truths.map((truth) => (truth === 2 ? 2 : 1 - truth)) : truths;
  });
  const hits = new Uint32Array(rows);
  for (const truths of found) for (let i = 0; i < rows; i++) hits[i]! += truths[i]! & 1;
  for (const [item, { tally }] of items.entries()) {
    const truths = found[item]!;
    let deciding = 0;
    for (let i = 0; i < rows; i++) {
      const others = hits[i]! - (truths[i]! & 1);
      if (others === (every ? items.length - 1 : 0)) deciding++;
    }
    count(tally, truths, deciding);
  }
}
