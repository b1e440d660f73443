import type { Expr, Join, Plan } from "../plan/nodes.ts";
import { columnsIn } from "../plan/walk.ts";
import { type Condition, fulfilled, type Group, substituted, type Want } from "./condition.ts";
import { columnOf, type Demands, isTurned, pendingValue } from "./demand.ts";

type Push = (plan: Plan, wants: readonly Want[], demands: Demands) => void;

/** A pair of rows for each of the wants; one row of a side does for several pairs where nothing tells them apart. */
export function pushJoin(join: Join, wants: readonly Want[], demands: Demands, push: Push): void {
  const { left, right, type } = join;
  if (type === "leftanti" || type === "rightanti") {
    const lonely = isTurned(demands, join.origin, "partner");
    const kept = type === "leftanti" ? "left" : "right";
    // What the anti join takes away has a partner.
    if (lonely) pushPartner(join, kept, wants[0] ?? [], demands, push);
    else push(join[kept], wants, demands);
    return;
  }
  const outer = type === "leftouter" || type === "rightouter" || type === "fullouter";
  if (outer && wants.every((want) => holdsAlone(want, join, demands))) {
    const kept = type === "rightouter" ? right : left;
    const offset = kept === right ? left.schema.length : 0;
    push(
      kept,
      wants.map((want) => onlyColumns(want, offset, kept.schema.length)),
      demands,
    );
    return;
  }
  pairs(join, wants, demands, push);
}

function pairs(join: Join, wants: readonly Want[], demands: Demands, push: Push): void {
  const { left, right, type, on } = join;
  const width = left.schema.length;
  const semi = type === "leftsemi" ? "left" : type === "rightsemi" ? "right" : undefined;
  // Rows that are given choose the values; else the strategy says whose conditions come first.
  const leftFirst = !hasTables(left, demands) || (hasTables(right, demands) && demands.strategy.firstSide === "left");
  const sides: Record<"left" | "right", Want[]> = { left: [], right: [] };
  for (const want of wants) {
    const groups = on.map(({ left: key }): Group => ({ type: key.type }));
    const keys = (side: "left" | "right"): Want =>
      on.map((pair, i) => {
        const group = groups[i] as Group; // one per pair
        const turned = isTurned(demands, pair[side].span, "key");
        if (turned && (side === "left") !== leftFirst) return { kind: "distinct", expr: pair[side], group };
        return { kind: "same", expr: pair[side], group, present: true };
      });
    const own: Record<"left" | "right", Condition[]> = { left: [...keys("left")], right: [...keys("right")] };
    for (const condition of want) {
      const columns = [...columnsIn(condition.expr)];
      if (semi) own[semi].push(condition);
      else if (columns.every((index) => index < width)) own.left.push(condition);
      else if (columns.every((index) => index >= width)) own.right.push(moved(condition, width));
      else mixed(condition, width, leftFirst, own, join, demands);
    }
    sides.left.push(own.left);
    sides.right.push(own.right);
  }
  // innerunique keeps one row of the left side: several pairs have several rows on the right.
  const many = left.kind === "FirstPerKey" ? "right" : "left";
  const order = leftFirst ? (["left", "right"] as const) : (["right", "left"] as const);
  const rowsOf = (side: "left" | "right") => (side === many ? sides[side] : sides[side].slice(0, 1));
  // Keys of all pairs are those of the first.
  if (wants.length > 1) unite(sides, on.length);
  for (const side of order) push(side === "left" ? left : right, rowsOf(side), demands);
}

/** All pairs meet in the keys of the first one. */
function unite(sides: Record<"left" | "right", Want[]>, keys: number): void {
  for (const side of ["left", "right"] as const) {
    const [first = []] = sides[side];
    sides[side] = sides[side].map((want, i) => (i === 0 ? want : [...first.slice(0, keys), ...want.slice(keys)]));
  }
}

/** A condition over both sides: the side that comes first has its say, and the other one goes by its values. */
function mixed(
  condition: Condition,
  width: number,
  leftFirst: boolean,
  own: Record<"left" | "right", Condition[]>,
  { left, right }: Join,
  demands: Demands,
): void {
  const [first, second, plan, start] = leftFirst
    ? (["left", "right", left, 0] as const)
    : (["right", "left", right, width] as const);
  const stands = new Map<number, Expr>();
  const place = (index: number): Expr => {
    const isFirst = index < width === leftFirst;
    if (!isFirst) return columnOf(leftFirst ? right : left, leftFirst ? index - width : index, condition.expr.span);
    const known = stands.get(index);
    if (known) return known;
    const column = columnOf(plan, index - start, condition.expr.span);
    const { stand, group } = pendingValue(column, demands);
    own[first].push({ kind: "same", expr: column, group, present: true });
    stands.set(index, stand);
    return stand;
  };
  own[second].push(substituted(condition, place));
}

function moved(condition: Condition, by: number): Condition {
  return substituted(condition, (index) => ({
    kind: "Column",
    index: index - by,
    name: nameIn(condition.expr, index),
    type: typeIn(condition.expr, index),
    span: condition.expr.span,
  }));
}

function find(expr: Expr, index: number): Expr | undefined {
  if (expr.kind === "Column") return expr.index === index ? expr : undefined;
  if (expr.kind === "Literal") return undefined;
  for (const arg of expr.args) {
    const found = find(arg, index);
    if (found) return found;
  }
  return undefined;
}

function nameIn(expr: Expr, index: number): string {
  const found = find(expr, index);
  return found?.kind === "Column" ? found.name : "";
}

function typeIn(expr: Expr, index: number): Expr["type"] {
  return find(expr, index)?.type ?? "string";
}

/** True when the conditions on the other side of an outer join hold for nulls, or there are none. */
function holdsAlone(want: Want, { left, right, type }: Join, demands: Demands): boolean {
  const width = left.schema.length;
  const isOther = (index: number) => (type === "rightouter" ? index < width : index >= width);
  const schema = [...left.schema, ...right.schema];
  return want.every((condition) => {
    const columns = [...columnsIn(condition.expr)];
    if (!columns.some(isOther)) return true;
    if (!columns.every(isOther) || condition.kind !== "holds") return false;
    const rows = {
      count: 1,
      typeOf: (index: number) => schema[index]?.type ?? "string",
      cellsOf: () => [null],
    } as const;
    return fulfilled(condition, rows, demands.groups, demands.clock)[0] === true;
  });
}

function onlyColumns(want: Want, offset: number, width: number): Want {
  return want
    .filter((condition) => [...columnsIn(condition.expr)].every((index) => index >= offset && index < offset + width))
    .map((condition) => moved(condition, offset));
}

/** A row with the keys that the row of the kept side has. */
function pushPartner(join: Join, kept: "left" | "right", want: Want, demands: Demands, push: Push): void {
  const other = kept === "left" ? "right" : "left";
  const groups = join.on.map((pair): Group => ({ type: pair.left.type }));
  const keys = (side: "left" | "right") =>
    join.on.map((pair, i): Condition => ({ kind: "same", expr: pair[side], group: groups[i] as Group, present: true }));
  push(join[kept], [[...want, ...keys(kept)]], demands);
  push(join[other], [keys(other)], demands);
}

function hasTables(plan: Plan, demands: Demands): boolean {
  switch (plan.kind) {
    case "Scan":
      return demands.tables.has(plan.source);
    case "Values":
    case "Range":
    case "Given":
    case "Refused":
      return false;
    case "Join":
      return hasTables(plan.left, demands) || hasTables(plan.right, demands);
    case "Union":
      return plan.inputs.some((input) => hasTables(input, demands));
    default:
      return hasTables(plan.input, demands);
  }
}
