import { ticksPerDay, ticksPerHour, ticksPerMinute, ticksPerSecond } from "../data/calendar.ts";
import type { Cell } from "../data/column.ts";
import { compareCells } from "../data/compare.ts";
import type { Dynamic } from "../data/dynamic.ts";
import { cellText, toDynamic } from "../data/text.ts";
import { isNumeric, type ScalarType } from "../data/types.ts";
import { cellKey } from "./condition.ts";
import type { Goal, Pattern } from "./goal.ts";
import { converted, numberOf } from "./invert.ts";
import { sampleValue } from "./samples.ts";
import type { Slot } from "./slots.ts";

export interface Hints {
  readonly now: bigint;
  /** The literals of the query: what to try where nothing better is known. */
  readonly literals: readonly { readonly type: ScalarType; readonly value: Cell }[];
}

export interface Asked {
  readonly slot: Slot;
  readonly name: string;
  /** Of the column; a path into a column is dynamic. */
  readonly type: ScalarType;
  readonly goals: readonly Goal[];
  /** How many fresh values may be needed: one more than those that are taken. */
  readonly fresh: number;
}

/** Values to try, the best first. Few of them need to fit: each is tried on the conditions. */
export function candidatesFor(asked: Asked, assigned: (slot: Slot) => Cell | undefined, hints: Hints): readonly Cell[] {
  const { goals, name } = asked;
  const dynamic = asked.slot.path.length > 0 || asked.type === "dynamic";
  const type = dynamic ? scalarWanted(goals, assigned, hints) : asked.type;
  const near = goals.flatMap((goal) => (goal.is === "near" ? nearby(type, assigned(goal.slot)) : []));
  const found: Cell[] = [];
  if (goals.some((goal) => goal.is === "absent")) found.push(type === "string" ? "" : null);
  found.push(...near, ...goals.flatMap((goal) => (goal.is === "equal" ? equalTo(goal, type) : [])));
  if (type === "string") found.push(...textsFor(goals, name));
  else if (type === "dynamic") found.push(...arraysFor(goals));
  else found.push(...between(type, goals, hints.now));
  for (let i = 0; i < asked.fresh; i++) found.push(sampleValue(name, type, i, hints.now));
  if (type === "datetime" && goals.some((goal) => goal.is === "any")) found.push(...hoursOfTheWeek(hints.now));
  if (type === "string") found.push("1", "0", "");
  else found.push(null);
  found.push(...literalsOf(type, hints));
  if (!dynamic) return distinct(found, type);
  return distinct(
    found.map((cell) => (type === "dynamic" ? cell : toDynamic(type, cell))),
    "dynamic",
  );
}

/** The type of a value inside a dynamic: what it is compared with. */
function scalarWanted(goals: readonly Goal[], assigned: (slot: Slot) => Cell | undefined, hints: Hints): ScalarType {
  for (const goal of goals) {
    if (goal.is === "item" || (goal.is === "length" && goal.of === "array")) return "dynamic";
    if (goal.is === "equal" && goal.type === "dynamic" && typeof goal.value === "object") return "dynamic";
  }
  for (const goal of goals) {
    if (goal.is === "text" || goal.is === "piece" || goal.is === "parsed") return "string";
    if ((goal.is === "equal" || goal.is === "above" || goal.is === "below") && goal.type !== "dynamic")
      return goal.type;
    const other = goal.is === "near" ? assigned(goal.slot) : undefined;
    if (typeof other === "bigint") return hints.now - other < 1000n * ticksPerDay && other > 0n ? "datetime" : "long";
  }
  return "string";
}

function equalTo(goal: Goal & { readonly is: "equal" }, type: ScalarType): readonly Cell[] {
  if (type === "dynamic") return [goal.type === "dynamic" ? goal.value : toDynamic(goal.type, goal.value)];
  const value = converted(goal.value, goal.type, type);
  return value === null && goal.value !== null ? [] : [value];
}

function nearby(type: ScalarType, value: Cell | undefined): readonly Cell[] {
  if (value === undefined || value === null) return [];
  if (typeof value === "string") return [value, value.toLowerCase(), value.toUpperCase()];
  if (typeof value === "number") return [value, value + 1, value - 1];
  if (typeof value !== "bigint") return [value];
  const step = type === "datetime" || type === "timespan" ? ticksPerMinute : 1n;
  const off = [
    0n,
    step,
    -step,
    ...(step === 1n ? [] : [ticksPerSecond, -ticksPerSecond, 2n * ticksPerHour, -2n * ticksPerHour]),
  ];
  return off.map((each) => value + each);
}

/** One text that has all that is asked for, then some that have less. */
function textsFor(goals: readonly Goal[], name: string): readonly string[] {
  const texts = goals.filter((goal) => goal.is === "text" && goal.text !== "") as readonly (Goal & {
    readonly is: "text";
  })[];
  const part = (where: string) => distinctTexts(texts.filter((goal) => goal.where === where).map((goal) => goal.text));
  const longest = (list: readonly string[]) => [...list].sort((a, b) => b.length - a.length)[0] ?? "";
  const [start, end, inside] = [longest(part("start")), longest(part("end")), part("inside")];
  const found: string[] = [];
  const equals = goals.flatMap((goal) => (goal.is === "equal" && typeof goal.value === "string" ? [goal.value] : []));
  for (const separator of [undefined, " ", ""]) {
    const base = equals[0] ?? start;
    const middle = inside.filter(
      (text) => ![base, end].some((other) => other.toLowerCase().includes(text.toLowerCase())),
    );
    const pieces = [
      base,
      ...middle,
      ...(end !== "" && !(middle.length === 0 && base.toLowerCase().endsWith(end.toLowerCase())) ? [end] : []),
    ];
    const filled = pieces.filter((piece) => piece !== "");
    const text = filled.length === 0 ? "" : joined(filled, separator);
    if (text === "") continue;
    if (/^(\d{1,3}\.){1,3}$/.test(text))
      found.push([...text.split(".").slice(0, -1), "1", "2", "3"].slice(0, 4).join("."));
    // A domain, a folder or an extension stands behind something.
    const bare = base === "" && middle.length === 0 && /^[.@\\/]/.test(text);
    if (bare) found.push(`${text.startsWith("@") ? "user" : text.startsWith(".") ? "file" : "C:"}${text}`);
    found.push(
      text,
      `${start}x${separator ?? ""}${text.slice(start.length)}`,
      `a${separator ?? " "}${text}${separator ?? " "}b`,
    );
  }
  const lengths = goals.flatMap((goal) => (goal.is === "length" ? [goal.length] : []));
  for (const length of lengths) {
    const base = found[0] ?? equals[0] ?? "";
    found.unshift(
      `${start}${"x".repeat(Math.max(0, length - base.length))}${base.slice(start.length)}`.slice(
        0,
        Math.max(length, base.length),
      ),
      "x".repeat(length),
    );
  }
  const [parsed, ...others] = goals.filter((goal) => goal.is === "parsed") as readonly (Goal & {
    readonly is: "parsed";
  })[];
  if (parsed) found.unshift(parsedText(parsed.pattern, [parsed, ...others]));
  const pieces = goals.filter((goal) => goal.is === "piece") as readonly (Goal & { readonly is: "piece" })[];
  if (pieces.length > 0) found.unshift(...piecesJoined(pieces, name));
  return found;
}

/** Pieces of a path or a name stand together, words apart. */
function joined(pieces: readonly string[], separator: string | undefined): string {
  if (separator !== undefined) return pieces.join(separator);
  return pieces.reduce((text, piece) => {
    const last = text.at(-1) ?? "";
    if (/[\\/]/.test(last) && piece.startsWith(last)) return text + piece.slice(1);
    return text + (/[\\/.@_:=-]$/.test(text) || /^[\\.@:=]/.test(piece) ? "" : " ") + piece;
  });
}

function piecesJoined(pieces: readonly (Goal & { readonly is: "piece" })[], name: string): readonly string[] {
  const separator = pieces[0]?.separator ?? "";
  const count = Math.max(...pieces.map(({ index }) => (index < 0 ? -index : index + 1)));
  const place = ({ index }: { readonly index: number }) => (index < 0 ? count + index : index);
  const list = Array.from(
    { length: count },
    (_, i) => pieces.find((piece) => place(piece) === i)?.text ?? `${name}${i + 1}`,
  );
  return [list.join(separator), [...list, "more"].join(separator)];
}

/** A text of the form of a pattern, with the wanted texts in the places of its columns. */
function parsedText(
  pattern: Pattern,
  wanted: readonly { readonly pattern: Pattern; readonly index: number; readonly text: string }[],
): string {
  let column = 0;
  return pattern
    .map((part) => {
      if (part.kind === "text") return part.text;
      if (part.kind === "skip") return "";
      const index = column++;
      const text = wanted.find((each) => each.index === index && each.pattern.length === pattern.length)?.text;
      return (
        text ??
        (part.type === "string" ? `value${index + 1}` : cellText(part.type, sampleValue("", part.type, index, 0n)))
      );
    })
    .join("");
}

/** Of several texts that contain one another, those that are not contained. */
function distinctTexts(texts: readonly string[]): readonly string[] {
  return texts.filter((text, i) => {
    const lower = text.toLowerCase();
    return !texts.some(
      (other, j) => j !== i && other.toLowerCase().includes(lower) && (other.length > text.length || j < i),
    );
  });
}

function arraysFor(goals: readonly Goal[]): readonly Cell[] {
  const items: Dynamic[] = [];
  for (const goal of goals) {
    if (goal.is === "item") items.push(toDynamic(goal.type, goal.value));
    if (goal.is === "text") items.push(goal.text);
  }
  const length = goals.reduce(
    (most, goal) => (goal.is === "length" ? Math.max(most, goal.length) : most),
    items.length,
  );
  while (items.length < Math.min(length, 1000)) items.push(`item-${items.length + 1}`);
  return items.length > 0 || goals.some((goal) => goal.is === "length") ? [items] : [];
}

/** Numbers and times between the bounds: comfortably, then at the very edge. */
function between(type: ScalarType, goals: readonly Goal[], now: bigint): readonly Cell[] {
  if (type === "bool" || type === "guid" || type === "string" || type === "dynamic") return [];
  const compare = compareCells(type);
  const limits = (is: "above" | "below") =>
    goals
      .flatMap((goal) =>
        goal.is === is && goal.value !== null && (goal.type === type || isNumeric(type))
          ? [converted(goal.value, goal.type, type)]
          : [],
      )
      .filter((cell): cell is NonNullable<Cell> => cell !== null)
      .sort(compare);
  const low = limits("above").at(-1);
  const high = limits("below")[0];
  if (low === undefined && high === undefined) return [];
  if (typeof (low ?? high) === "bigint")
    return wholeBetween(type, low as bigint | undefined, high as bigint | undefined, now);
  const found: number[] = [];
  const [from, to] = [low, high].map((limit) => (limit === undefined ? undefined : Number(limit)));
  if (from !== undefined) found.push(from, ...(Number.isInteger(from) ? [from + 1] : [Math.ceil(from)]));
  if (to !== undefined) found.push(to, ...(Number.isInteger(to) ? [to - 1] : [Math.floor(to)]));
  if (from !== undefined && to !== undefined) found.push((from + to) / 2);
  const steps =
    from === undefined && to !== undefined ? [to - 0.1] : from !== undefined && to === undefined ? [from + 0.1] : [];
  return [...found, ...(type === "int" ? [] : steps)].map((value) => numberOf(value, type));
}

function wholeBetween(
  type: ScalarType,
  low: bigint | undefined,
  high: bigint | undefined,
  now: bigint,
): readonly bigint[] {
  const timed = type === "datetime" || type === "timespan";
  const step = timed ? ticksPerMinute : 1n;
  const round = (value: bigint) => (timed ? value - (value % ticksPerSecond) : value);
  const found: bigint[] = [];
  if (type === "datetime") {
    const recent = now - 10n * ticksPerMinute;
    if ((low === undefined || recent >= low) && (high === undefined || recent < high)) found.push(recent);
  }
  if (low !== undefined && high !== undefined && timed) found.push(round((low + high) / 2n), (low + high) / 2n);
  // The limit itself, where it will do, says most.
  if (low !== undefined) found.push(...(timed ? [low + step] : [low]), low + 1n, low);
  if (high !== undefined) found.push(...(timed ? [high - step] : [high]), high - 1n, high);
  return found;
}

function hoursOfTheWeek(now: bigint): readonly bigint[] {
  return Array.from({ length: 24 * 8 }, (_, i) => now - BigInt(i) * ticksPerHour - 5n * ticksPerMinute);
}

const mostLiterals = 60;

function literalsOf(type: ScalarType, { literals }: Hints): readonly Cell[] {
  const found = literals.filter((literal) => literal.type === type || (isNumeric(type) && isNumeric(literal.type)));
  return found.slice(0, mostLiterals).flatMap((literal): readonly Cell[] => {
    const value = converted(literal.value, literal.type, type);
    if (typeof value === "bigint") return [value, value + 1n, value - 1n];
    return typeof value === "number" ? [value, value + 1, value - 1] : [value];
  });
}

function distinct(cells: readonly Cell[], type: ScalarType): readonly Cell[] {
  return [...new Map(cells.map((cell) => [cellKey(type, cell), cell])).values()];
}
