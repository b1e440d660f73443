import type { Column } from "../../data/column.ts";
import type { Call, Expr } from "../../plan/nodes.ts";
import { atomsOf, type Condition, conditionOf } from "../conditions.ts";
import { countItems, listOf } from "./observed-items.ts";
import { observer } from "./observer.ts";
import type { Book, Tally } from "./tally.ts";
import { type Cases, casesOf, decidingRows, mostAtoms, type Truths, truthsOf } from "./truth.ts";

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
  const cases = atoms.length <= mostAtoms ? casesOf(condition, atoms.length) : undefined;
  return observer([...atoms, ...operands], expr, (args, call) => {
    const columns = args.slice(0, atoms.length);
    let next = atoms.length;
    for (const list of lists) if (list) countItems(list, args[next++]!, call);
    const seen = cases ? countCases(cases, columns, watched, call.rows) : countRows(condition, columns, watched, call);
    kept?.(call.rows, seen.kept);
    return condition.kind === "atom" ? columns[0]! : seen.whole;
  });
}

interface Seen {
  readonly whole: Column;
  readonly kept: number;
}

/** Rows whose atoms have the same values are all alike: they are counted, and looked at once. */
function countCases(
  cases: Cases,
  columns: readonly Column[],
  tallies: readonly (Tally | undefined)[],
  rows: number,
): Seen {
  const codes = new Uint16Array(rows);
  for (const column of columns) addDigit(codes, column);
  const counts = new Uint32Array(cases.whole.length);
  for (let i = 0; i < rows; i++) counts[codes[i]!]!++;
  let [kept, nulls] = [0, 0];
  for (const [code, count] of counts.entries()) {
    if (count === 0) continue;
    if (cases.whole[code] === 1) kept += count;
    if (cases.whole[code] === 2) nulls += count;
    for (const [atom, tally] of tallies.entries()) {
      if (!tally) continue;
      const truth = cases.truths[atom]![code]!;
      if (truth === 1) tally.true += count;
      else if (truth === 2) tally.null += count;
      else tally.false += count;
      tally.deciding += count * cases.deciding[atom]![code]!;
    }
  }
  if (columns.length === 1 && cases.whole.every((truth, code) => truth === code)) return { whole: columns[0]!, kept };
  const data = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) data[i] = cases.whole[codes[i]!]! & 1;
  if (nulls === 0) return { whole: { type: "bool", data }, kept };
  const validity = new Uint8Array(rows);
  for (let i = 0; i < rows; i++) validity[i] = cases.whole[codes[i]!] === 2 ? 0 : 1;
  return { whole: { type: "bool", data, validity }, kept };
}

/** Each code is that of the atoms before, and a digit to the base of three for this one. */
function addDigit(codes: Uint16Array, column: Column): void {
  const rows = codes.length;
  if (column.type !== "bool") throw new Error("a condition is a bool");
  const { data, validity, constant } = column;
  if (constant) {
    const truth = validity?.[0] === 0 ? 2 : data[0]!;
    for (let i = 0; i < rows; i++) codes[i] = codes[i]! * 3 + truth;
  } else if (validity) {
    for (let i = 0; i < rows; i++) codes[i] = codes[i]! * 3 + (validity[i] === 0 ? 2 : data[i]!);
  } else {
    for (let i = 0; i < rows; i++) codes[i] = codes[i]! * 3 + data[i]!;
  }
}

type CallContext = Parameters<Call["overload"]["eval"]>[1];

/** Of more atoms there are more cases than rows. */
function countRows(
  condition: Condition,
  columns: readonly Column[],
  tallies: readonly (Tally | undefined)[],
  call: CallContext,
): Seen {
  const { rows } = call;
  const truths = columns.map((column) => truthsOf(column, rows));
  const deciding = decidingRows(condition, truths, rows);
  for (const [i, tally] of tallies.entries()) if (tally) count(tally, truths[i]!, deciding[i]!);
  const whole = combined(condition, columns, { at: 0 }, call);
  return { whole, kept: truthsOf(whole, rows).reduce((sum, truth) => sum + (truth & 1), 0) };
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

/** The whole condition out of its atoms, by the functions of the library themselves. */
function combined(condition: Condition, atoms: readonly Column[], next: { at: number }, call: CallContext): Column {
  if (condition.kind === "atom") return atoms[next.at++]!;
  const args = condition.operands.map((operand) => combined(operand, atoms, next, call));
  return condition.call.overload.eval(args, { ...call, returns: "bool" });
}
