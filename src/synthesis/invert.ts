import { ticksPerDay, ticksPerHour, ticksPerMillisecond, ticksPerMinute, ticksPerSecond } from "../data/calendar.ts";
import type { Cell } from "../data/column.ts";
import type { Dynamic } from "../data/dynamic.ts";
import { printDynamic } from "../data/json.ts";
import { cellText, fromDynamic, toDynamic, tostringText } from "../data/text.ts";
import { isNumeric, type ScalarType, type Schema } from "../data/types.ts";
import { encodeBase64 } from "../functions/algorithms/base64.ts";
import { utf8Bytes } from "../functions/algorithms/utf8.ts";
import type { Call, Expr, Literal } from "../plan/nodes.ts";
import { extractionName, isExtraction } from "./extraction.ts";
import { type Alternatives, allOf, type Goal, mayFulfil, nothingToDo, oneOf } from "./goal.ts";
import { sampleOf } from "./regex-sample.ts";
import { slotIn, slotsIn } from "./slots.ts";

/** Where expressions stand. */
export interface Place {
  readonly schema: Schema;
  /** What fulfils a predicate, or what makes it false. */
  readonly predicate: (expr: Expr, truth: boolean) => Alternatives;
}

/** What the columns that `expr` reads should be like, so that its value is as the goal has it. */
export function invert(expr: Expr, goal: Goal, at: Place): Alternatives {
  const slot = slotIn(expr, at.schema);
  if (slot) return [[{ slot, goal }]];
  if (expr.kind === "Literal") return mayFulfil(goal, expr.type, expr.value) ? nothingToDo : [];
  if (expr.kind === "Column") return nothingToDo;
  const rule = rules.get(expr.fn.name);
  const found = rule?.(expr, goal, at);
  return found ?? mention(expr, at);
}

/** All that it reads matters, nobody knows how. */
export function mention(expr: Expr, at: Place): Alternatives {
  return [slotsIn(expr, at.schema).map((slot) => ({ slot, goal: { is: "any" } as const }))];
}

/** Undefined where the rule does not fit the call. */
type Rule = (call: Call, goal: Goal, at: Place) => Alternatives | undefined;

/** The first argument has the value, in another type or almost. */
const sameAs =
  (position: number): Rule =>
  ({ args }, goal, at) => {
    const arg = args[position];
    return arg && invert(arg, retyped(goal, arg.type), at);
  };

/** Anywhere in the bin. */
function binned(call: Call, goal: Goal, at: Place): Alternatives | undefined {
  const [open, size] = call.args;
  if (goal.is !== "equal" || !open || size?.kind !== "Literal") return cast(call, goal, at);
  const end = added(goal.value, size.value, 1);
  if (end === undefined) return cast(call, goal, at);
  const from: Goal = { ...goal, is: "above", included: true };
  return allOf([invert(open, from, at), invert(open, { ...goal, is: "below", value: end, included: false }, at)]);
}

/** A goal for a value that is converted from `type`. */
function retyped(goal: Goal, type: ScalarType): Goal {
  if (goal.is !== "equal" && goal.is !== "above" && goal.is !== "below") return goal;
  if (goal.type === type || type === "dynamic") return goal;
  const value = converted(goal.value, goal.type, type);
  return value === null && goal.value !== null ? { is: "any" } : { ...goal, type, value };
}

export function converted(value: Cell, from: ScalarType, to: ScalarType): Cell {
  if (from === to) return value;
  if (to === "string") return tostringText(from, value);
  if (from === "dynamic") return fromDynamic(value as Dynamic, to);
  return fromDynamic(toDynamic(from, value), to);
}

const cast = sameAs(0);

/** What a text says in the place of a column of `parse`. */
function extraction({ args: [text], fn, type }: Call, goal: Goal, at: Place): Alternatives | undefined {
  if (!text || !isExtraction(fn) || !fn.pattern) return undefined;
  const { index, pattern } = fn;
  return oneOf(
    ...textsOf(goal, type).map((wanted) => invert(text, { is: "parsed", pattern, index, text: wanted }, at)),
  );
}

/** Texts of values that are as the goal has it. */
function textsOf(goal: Goal, type: ScalarType): readonly string[] {
  if (goal.is === "text") return [goal.text, `a${goal.text}`, `${goal.text}a`];
  if (goal.is === "equal") return [cellText(goal.type, goal.value)];
  if (goal.is === "above" || goal.is === "below") {
    const step = goal.is === "above" ? 1 : -1;
    const next =
      typeof goal.value === "bigint"
        ? goal.value + BigInt(step)
        : typeof goal.value === "number"
          ? goal.value + step
          : undefined;
    return next === undefined ? [] : [cellText(goal.type, goal.value), cellText(goal.type, next)];
  }
  return goal.is === "present" || goal.is === "any" ? [type === "string" ? "value" : "1"] : [];
}

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...[
    ...["tostring", "tolower", "toupper", "trim_blank", "toint", "tolong", "toreal", "todouble", "todecimal", "tobool"],
    ...["toboolean", "todatetime", "totimespan", "toguid", "floor", "ceiling", "round", "coalesce", "unixtime"],
    ...["startofday", "startofhour", "startofweek", "startofmonth", "url_decode", "ipv4_netmask", "parse_version"],
    ...["startofyear", "abs", "make_datetime", "max_of", "min_of", "format_datetime"],
  ].map((name) => [name, cast] as const),
  ...["trim", "trim_start", "trim_end"].map((name) => [name, sameAs(1)] as const),
  [extractionName, extraction],
  ["bin", binned],
  ["replace_string", sameAs(0)],
  ["replace_regex", sameAs(0)],
  ["iff", conditional],
  ["iif", conditional],
  ["case", conditional],
  ["strcat", joined],
  ["strcat_delim", joined],
  ["+", (call, goal, at) => shifted(call, goal, at, -1)],
  ["-", (call, goal, at) => shifted(call, goal, at, 1)],
  ["*", scaled],
  ["/", scaled],
  ["datetime_diff", difference],
  ["strlen", (call, goal, at) => measured(call, goal, at, "text")],
  ["array_length", (call, goal, at) => measured(call, goal, at, "array")],
  ["extract", extracted],
  ["[index]", indexed],
  [".member", memberOf],
  ["parse_json", parsed],
  ["todynamic", parsed],
  ["indexof", found],
  ["indexof_regex", foundRegex],
  ["array_index_of", foundItem],
  ["countof", (call, goal, at) => (demandsMore(goal) ? inside(call.args[0], call.args[1], at) : undefined)],
  ["base64_decode_tostring", decoded],
  ["substring", substring],
  ["split", texts],
  ["extract_all", ({ args }, goal, at) => matched(args[0], args.at(-1), goal, at)],
  ["pack_array", texts],
  ["set_union", texts],
  ["array_concat", texts],
  ["bool", truth],
  ...["and", "or", "not", "==", "!=", "=~", "has", "contains", "in", "in~", "isnotempty", "isempty", "has_any"].map(
    (name) => [name, truth] as const,
  ),
]);

/** A predicate as a value. */
function truth(call: Call, goal: Goal, at: Place): Alternatives | undefined {
  return goal.is === "equal" && typeof goal.value === "boolean" ? at.predicate(call, goal.value) : undefined;
}

/** iff and case: an arm whose value will do, its condition, and none of the conditions before it. */
function conditional({ args }: Call, goal: Goal, at: Place): Alternatives {
  const ways: Alternatives[] = [];
  const before: Alternatives[] = [];
  for (let i = 0; i + 1 < args.length; i += 2) {
    const [condition, arm] = [args[i], args[i + 1]];
    if (!condition || !arm) break;
    const value = invert(arm, goal, at);
    ways.push(allOf([...before, at.predicate(condition, true), value]));
    before.push(at.predicate(condition, false));
  }
  const otherwise = args.at(-1);
  if (otherwise) ways.push(allOf([...before, invert(otherwise, goal, at)]));
  return oneOf(...ways);
}

function joined({ args, fn }: Call, goal: Goal, at: Place): Alternatives | undefined {
  const separator = fn.name === "strcat_delim" ? literalText(args[0]) : "";
  const parts = fn.name === "strcat_delim" ? args.slice(1) : args;
  const open = parts.filter((part) => part.kind !== "Literal");
  const [first] = open;
  if (!first) return undefined;
  if (goal.is === "text") return oneOf(...open.map((part) => invert(part, goal, at)));
  if (goal.is !== "equal" || typeof goal.value !== "string") return mention({ ...first, args: parts } as Expr, at);
  let rest = goal.value;
  const wishes: Alternatives[] = [];
  for (const [i, part] of parts.entries()) {
    if (i > 0) rest = without(rest, separator ?? "");
    if (part.kind === "Literal") {
      rest = without(rest, literalText(part) ?? "");
      continue;
    }
    // A column takes all up to the text behind it.
    const next = parts.slice(i + 1).find((each) => each.kind === "Literal");
    const stop = literalText(next) || separator;
    const cut = stop && i + 1 < parts.length ? rest.indexOf(stop) : -1;
    const value = cut < 0 ? rest : rest.slice(0, cut);
    rest = rest.slice(value.length);
    wishes.push(invert(part, retyped({ is: "equal", type: "string", value }, part.type), at));
  }
  return allOf(wishes);
}

function without(text: string, start: string): string {
  return text.startsWith(start) ? text.slice(start.length) : text;
}

function literalText(expr: Expr | undefined): string | undefined {
  return expr?.kind === "Literal" && typeof expr.value === "string" ? expr.value : undefined;
}

/** x + 5 and x - 5, also of times. `sign` is that of the constant when it changes sides. */
function shifted({ args: [left, right] }: Call, goal: Goal, at: Place, sign: 1 | -1): Alternatives | undefined {
  if (!left || !right || (goal.is !== "equal" && goal.is !== "above" && goal.is !== "below")) return undefined;
  if (right.kind === "Literal") {
    const value = added(goal.value, right.value, sign);
    return value === undefined ? undefined : invert(left, { ...goal, type: left.type, value }, at);
  }
  if (left.kind !== "Literal") {
    const [a, b] = [slotIn(left, at.schema), slotIn(right, at.schema)];
    return a && b
      ? [
          [
            { slot: a, goal: { is: "any" } },
            { slot: b, goal: { is: "near", slot: a } },
          ],
        ]
      : undefined;
  }
  // 5 + x, 5 - x
  const value = sign === -1 ? added(goal.value, left.value, -1) : added(left.value, goal.value, -1);
  if (value === undefined) return undefined;
  const turned =
    goal.is === "equal" || sign === -1 ? goal : ({ ...goal, is: goal.is === "above" ? "below" : "above" } as const);
  return invert(right, { ...turned, type: right.type, value }, at);
}

function added(a: Cell, b: Cell, sign: 1 | -1): Cell | undefined {
  if (typeof a === "bigint" && typeof b === "bigint") return a + BigInt(sign) * b;
  if (typeof a === "number" && typeof b === "number") return a + sign * b;
  return undefined;
}

function scaled({ fn, args: [left, right] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  if (goal.is !== "equal" && goal.is !== "above" && goal.is !== "below") return undefined;
  const [open, factor] = left && right?.kind === "Literal" ? [left, right] : fn.name === "*" ? [right, left] : [];
  if (!open || factor?.kind !== "Literal") return undefined;
  const number = Number(goal.value) * (fn.name === "*" ? 1 / Number(factor.value) : Number(factor.value));
  if (!Number.isFinite(number)) return undefined;
  const whole = open.type !== "real" && open.type !== "decimal";
  const values = whole ? [Math.ceil(number), Math.floor(number)] : [number];
  return oneOf(
    ...values.map((value) => invert(open, { ...goal, type: open.type, value: numberOf(value, open.type) }, at)),
  );
}

export function numberOf(value: number, type: ScalarType): Cell {
  if (type === "long" || type === "timespan" || type === "datetime") return BigInt(Math.round(value));
  return isNumeric(type) && type !== "decimal" ? value : fromDynamic(value, type);
}

const parts: ReadonlyMap<string, bigint> = new Map([
  ["millisecond", ticksPerMillisecond],
  ["second", ticksPerSecond],
  ["minute", ticksPerMinute],
  ["hour", ticksPerHour],
  ["day", ticksPerDay],
  ["week", 7n * ticksPerDay],
  ["month", 31n * ticksPerDay],
  ["year", 366n * ticksPerDay],
]);

/** datetime_diff(part, later, earlier) */
function difference({ args: [part, later, earlier] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  const unit = parts.get(literalText(part)?.toLowerCase() ?? "");
  if (!later || !earlier || unit === undefined || !("value" in goal) || typeof goal.value !== "bigint")
    return undefined;
  const more = goal.is === "above" ? 2n : goal.is === "below" ? -1n : 0n;
  const span = (goal.value + more) * unit;
  const equal = (value: bigint): Goal => ({ is: "equal", type: "datetime", value });
  if (later.kind === "Literal" && typeof later.value === "bigint")
    return invert(earlier, equal(later.value - span), at);
  if (earlier.kind === "Literal" && typeof earlier.value === "bigint")
    return invert(later, equal(earlier.value + span), at);
  return undefined;
}

function measured({ args: [value] }: Call, goal: Goal, at: Place, of: "text" | "array"): Alternatives | undefined {
  if (!value || (goal.is !== "equal" && goal.is !== "above" && goal.is !== "below")) return undefined;
  const number =
    Number(goal.value) + (goal.is === "above" && !goal.included ? 1 : goal.is === "below" && !goal.included ? -1 : 0);
  return invert(value, { is: "length", of, length: Math.max(0, number) }, at);
}

function extracted({ args: [pattern, group, text] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  const source = literalText(pattern);
  if (source === undefined || !text) return undefined;
  const index = group?.kind === "Literal" ? Number(group.value) : 0;
  const wanted = goal.is === "text" ? goal.text : goal.is === "equal" ? cellText(goal.type, goal.value) : undefined;
  if (goal.is === "absent") return undefined;
  const sample = sampleOf(source, wanted === undefined ? undefined : { group: index, text: wanted });
  return sample ? invert(text, sampleGoal(sample), at) : undefined;
}

export function sampleGoal({ text, atStart, atEnd }: NonNullable<ReturnType<typeof sampleOf>>): Goal {
  if (atStart && atEnd) return { is: "equal", type: "string", value: text };
  return { is: "text", where: atStart ? "start" : atEnd ? "end" : "inside", text };
}

function indexed(call: Call, goal: Goal, at: Place): Alternatives | undefined {
  const [object, position] = call.args;
  if (object?.kind !== "Call" || position?.kind !== "Literal") return undefined;
  if (object.fn.name === "pack_array") {
    const item = object.args[Number(position.value)];
    return item && invert(item, retyped(goal, item.type), at);
  }
  const [text, separator] = object.args;
  const cut = literalText(separator);
  if (object.fn.name !== "split" || !text || cut === undefined) return undefined;
  const wanted =
    goal.is === "text" ? goal.text : "value" in goal ? cellText(goal.type ?? "string", goal.value) : "value";
  return invert(text, { is: "piece", separator: cut, index: Number(position.value), text: wanted }, at);
}

/** Parts of what a parser of addresses and paths makes. */
function memberOf({ args: [object, name] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  if (object?.kind !== "Call" || !object.args[0]) return undefined;
  const wanted = goal.is === "text" ? goal.text : goal.is === "equal" ? cellText(goal.type, goal.value) : undefined;
  const template = wanted === undefined ? undefined : templates.get(`${object.fn.name}.${literalText(name)}`)?.(wanted);
  return template === undefined
    ? undefined
    : invert(object.args[0], { is: "equal", type: "string", value: template }, at);
}

const templates: ReadonlyMap<string, (value: string) => string> = new Map([
  ["parse_url.Host", (host: string) => `https://${host}/`],
  ["parse_url.Path", (path: string) => `https://example.com${path}`],
  ["parse_url.Scheme", (scheme: string) => `${scheme}://example.com/`],
  ["parse_url.Port", (port: string) => `https://example.com:${port}/`],
  ["parse_path.Filename", (name: string) => `C:\\Temp\\${name}`],
  ["parse_path.Extension", (extension: string) => `C:\\Temp\\file.${extension}`],
  ["parse_path.DirectoryName", (name: string) => `C:\\${name}\\file.txt`],
]);

/** A JSON text of the value. */
function parsed({ args: [text] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  if (!text) return undefined;
  if (text.type !== "string") return invert(text, goal, at);
  if (goal.is === "equal") {
    const value = printDynamic(toDynamic(goal.type, goal.value));
    return invert(text, { is: "equal", type: "string", value }, at);
  }
  if (goal.is === "length") {
    const value = JSON.stringify(Array.from({ length: goal.length }, (_, i) => `item${i + 1}`));
    return invert(text, { is: "equal", type: "string", value }, at);
  }
  if (goal.is !== "item") return invert(text, goal, at);
  return invert(text, { is: "equal", type: "string", value: printDynamic([toDynamic(goal.type, goal.value)]) }, at);
}

function demandsMore(goal: Goal): boolean {
  if (goal.is === "above") return true;
  return goal.is === "equal" && Number(goal.value) >= 0;
}

function found({ args: [text, part] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  return demandsMore(goal) ? inside(text, part, at) : undefined;
}

function inside(text: Expr | undefined, part: Expr | undefined, at: Place): Alternatives | undefined {
  const wanted = literalText(part);
  return text && wanted !== undefined ? invert(text, { is: "text", where: "inside", text: wanted }, at) : undefined;
}

function foundRegex({ args: [text, pattern] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  return demandsMore(goal) ? matched(pattern, text, { is: "present" }, at) : undefined;
}

/** The text holds a match. */
function matched(pattern: Expr | undefined, text: Expr | undefined, goal: Goal, at: Place): Alternatives | undefined {
  const sample = goal.is === "absent" ? undefined : sampleOf(literalText(pattern) ?? "(");
  return sample && text ? invert(text, sampleGoal(sample), at) : undefined;
}

function foundItem({ args: [array, item] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  if (!array || item?.kind !== "Literal" || !demandsMore(goal)) return undefined;
  return invert(array, { is: "item", type: item.type, value: item.value }, at);
}

function decoded({ args: [text] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  const wanted =
    goal.is === "text" ? goal.text : goal.is === "equal" && typeof goal.value === "string" ? goal.value : undefined;
  if (!text || wanted === undefined) return undefined;
  return invert(text, { is: "equal", type: "string", value: encodeBase64(utf8Bytes(wanted)) }, at);
}

function substring({ args: [text, from] }: Call, goal: Goal, at: Place): Alternatives | undefined {
  const wanted =
    goal.is === "text" ? goal.text : goal.is === "equal" && typeof goal.value === "string" ? goal.value : undefined;
  const start = (from as Literal | undefined)?.kind === "Literal" ? Number((from as Literal).value) : -1;
  if (!text || wanted === undefined || start < 0) return undefined;
  return invert(text, { is: "text", where: "start", text: "x".repeat(start) + wanted }, at);
}

/** Texts inside what is made of the arguments are texts inside one of them. */
function texts({ args }: Call, goal: Goal, at: Place): Alternatives | undefined {
  if (goal.is === "item") {
    const equal: Goal = { is: "equal", type: goal.type, value: goal.value };
    return oneOf(
      ...args
        .filter((arg) => arg.kind !== "Literal")
        .map((arg) => invert(arg, arg.type === "dynamic" ? goal : equal, at)),
    );
  }
  if (goal.is !== "text") return undefined;
  return oneOf(...args.filter((arg) => arg.kind !== "Literal").map((arg) => invert(arg, goal, at)));
}
