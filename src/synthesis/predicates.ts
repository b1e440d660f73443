import type { Cell } from "../data/column.ts";
import { isArray } from "../data/dynamic.ts";
import type { ScalarType, Schema } from "../data/types.ts";
import { formatIpv4, parseIpv4 } from "../functions/algorithms/ipv4.ts";
import type { Call, Expr } from "../plan/nodes.ts";
import { type Alternatives, allOf, type Goal, nothingToDo, oneOf } from "./goal.ts";
import { converted, invert, mention, type Place, sampleGoal } from "./invert.ts";
import { sampleOf } from "./regex-sample.ts";
import { slotIn, slotsIn } from "./slots.ts";

/** What the columns should be like so that the predicate is true, or is not. */
export function wishesFor(expr: Expr, truth: boolean, schema: Schema): Alternatives {
  const at: Place = { schema, predicate };
  return predicate(expr, truth);

  function predicate(expr: Expr, truth: boolean): Alternatives {
    if (expr.kind === "Literal") return (expr.value === true) === truth ? nothingToDo : [];
    if (expr.kind === "Column") return invert(expr, { is: "equal", type: "bool", value: truth }, at);
    const { name } = expr.fn;
    switch (name) {
      case "not":
        return expr.args[0] ? predicate(expr.args[0], !truth) : [];
      case "and":
      case "or": {
        const each = expr.args.map((arg) => predicate(arg, truth));
        return (name === "and") === truth ? allOf(each) : oneOf(...each);
      }
    }
    const rule = rules.get(name) ?? rules.get(opposites.get(name) ?? "");
    const wanted = rules.has(name) ? truth : !truth;
    if (rule) return rule(expr, wanted, at) ?? mention(expr, at);
    return invert(expr, { is: "equal", type: "bool", value: truth }, at);
  }
}

/** By the name of the one that has a rule. */
const opposites: ReadonlyMap<string, string> = new Map([
  ...[
    "in",
    "in~",
    "has",
    "has_cs",
    "contains",
    "contains_cs",
    "startswith",
    "startswith_cs",
    "endswith",
    "endswith_cs",
  ].map((name) => [`!${name}`, name] as const),
  ...["hasprefix", "hasprefix_cs", "hassuffix", "hassuffix_cs"].map((name) => [`!${name}`, name] as const),
  ["!=", "=="],
  ["!~", "=~"],
  ["<>", "=="],
  ["!between", "between"],
  ["isnotempty", "isempty"],
  ["notempty", "isempty"],
  ["isnotnull", "isnull"],
  ["notnull", "isnull"],
]);

type Rule = (call: Call, truth: boolean, at: Place) => Alternatives | undefined;

const rules: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ["==", equality],
  ["=~", equality],
  ["<", (call, truth, at) => order(call, truth ? "below" : "above", !truth, at)],
  ["<=", (call, truth, at) => order(call, truth ? "below" : "above", truth, at)],
  [">", (call, truth, at) => order(call, truth ? "above" : "below", !truth, at)],
  [">=", (call, truth, at) => order(call, truth ? "above" : "below", truth, at)],
  ["between", between],
  ["in", membership],
  ["in~", membership],
  ...["has", "has_cs", "contains", "contains_cs"].map((name) => [name, text("inside")] as const),
  ...["startswith", "startswith_cs", "hasprefix", "hasprefix_cs"].map((name) => [name, text("start")] as const),
  ...["endswith", "endswith_cs", "hassuffix", "hassuffix_cs"].map((name) => [name, text("end")] as const),
  ["has_any", texts],
  ["has_all", texts],
  ["has_any_ipv4", texts],
  ["has_ipv4", texts],
  ["has_any_ipv4_prefix", prefixes],
  ["has_ipv4_prefix", prefixes],
  ["matches regex", matches],
  ["isempty", (call, truth, at) => presence(call, !truth, at)],
  ["isnull", (call, truth, at) => presence(call, !truth, at)],
  [
    "ipv4_is_private",
    ({ args: [open] }, truth, at) => (truth ? value(open, "string", "10.1.2.3", at) : anyAddress(open, at)),
  ],
  ["ipv4_is_in_range", inRange],
  ["ipv4_is_in_any_range", inRange],
  ["ipv4_is_match", inRange],
  ["ipv6_is_match", inRange],
  ["set_has_element", hasItem],
  ["bag_has_key", hasKey],
]);

function equality({ args: [left, right] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!left || !right) return undefined;
  const [open, known] = right.kind === "Literal" ? [left, right] : [right, left];
  if (known.kind !== "Literal") return truth ? both(left, right, at) : undefined;
  if (!truth) return unlike(open, known.type, known.value, at);
  return value(open, known.type, known.value, at);
}

/** A value unlike the given: of a bool the other one. */
function unlike(open: Expr, type: ScalarType, other: Cell, at: Place): Alternatives {
  if (type === "bool" && typeof other === "boolean") return value(open, "bool", !other, at) ?? [];
  if (other === "") return invert(open, { is: "present" }, at);
  // A number goes to the next one; texts have fresh values of their own.
  const next = typeof other === "bigint" ? other + 1n : typeof other === "number" ? other + 1 : undefined;
  return next === undefined ? mentionThrough(open, at) : invert(open, { is: "equal", type, value: next }, at);
}

/** Conditions inside, as in `iff(a, 1, 2) != 1`, matter too. */
function mentionThrough(open: Expr, at: Place): Alternatives {
  return oneOf(invert(open, { is: "present" }, at), mention(open, at));
}

function value(open: Expr | undefined, type: ScalarType, wanted: Cell, at: Place): Alternatives | undefined {
  if (!open) return undefined;
  const exact = open.type === "dynamic" ? wanted : converted(wanted, type, open.type);
  const goal: Goal = { is: "equal", type: open.type === "dynamic" ? type : open.type, value: exact };
  return invert(open, exact === "" ? { is: "absent" } : goal, at);
}

/** Two columns that are alike: what one has is tried on the other. */
function both(left: Expr, right: Expr, at: Place): Alternatives {
  const [a, b] = [slotsIn(left, at.schema)[0], slotsIn(right, at.schema)[0]];
  if (!a || !b) return mention(left, at);
  const first = { slot: a, goal: { is: "any" } } as const;
  return [[first, { slot: b, goal: { is: "near", slot: a } }]];
}

function order(
  { args: [left, right] }: Call,
  is: "above" | "below",
  included: boolean,
  at: Place,
): Alternatives | undefined {
  if (!left || !right) return undefined;
  if (right.kind === "Literal") return bound(left, is, right.type, right.value, included, at);
  if (left.kind === "Literal")
    return bound(right, is === "above" ? "below" : "above", left.type, left.value, included, at);
  return both(left, right, at);
}

function bound(
  open: Expr,
  is: "above" | "below",
  type: ScalarType,
  limit: Cell,
  included: boolean,
  at: Place,
): Alternatives {
  const target = open.type === "dynamic" ? type : open.type;
  return invert(open, { is, type: target, value: converted(limit, type, target), included }, at);
}

function between({ args: [open, low, high] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!open) return undefined;
  const ends: Alternatives[] = [];
  if (low?.kind === "Literal") ends.push(bound(open, truth ? "above" : "below", low.type, low.value, truth, at));
  if (high?.kind === "Literal") {
    // `between (from .. 1h)`: the end is so long after the start.
    const relative = high.type === "timespan" && low?.kind === "Literal" && low.type === "datetime";
    const end = relative ? (low.value as bigint) + (high.value as bigint) : high.value;
    ends.push(bound(open, truth ? "below" : "above", relative ? "datetime" : high.type, end, truth, at));
  }
  if (ends.length === 0) return undefined;
  return truth ? allOf(ends) : oneOf(...ends);
}

/** The values of a list: each an argument, or all in one array. */
function listed(args: readonly Expr[]): readonly { readonly type: ScalarType; readonly value: Cell }[] {
  return args.flatMap((arg) => {
    if (arg.kind !== "Literal") return [];
    if (arg.type !== "dynamic" || !isArray(arg.value as never)) return [{ type: arg.type, value: arg.value }];
    return (arg.value as readonly Cell[]).map((item) => ({
      type: typeof item === "string" ? ("string" as const) : ("dynamic" as const),
      value: item,
    }));
  });
}

const mostItems = 12;

function membership({ args: [open, ...list] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!open) return undefined;
  if (!truth) return mentionThrough(open, at);
  if (list.every((item) => item.kind === "Literal")) {
    const items = listed(list).slice(0, mostItems);
    return oneOf(...items.map((item) => value(open, item.type, item.value, at) ?? []));
  }
  return undefined;
}

function text(where: "start" | "end" | "inside"): Rule {
  return ({ args: [open, part] }, truth, at) => {
    if (!open || part?.kind !== "Literal") return undefined;
    if (!truth) return mentionThrough(open, at);
    return invert(open, { is: "text", where, text: String(part.value ?? "") }, at);
  };
}

function texts({ fn, args: [open, ...list] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!open || list.some((item) => item.kind !== "Literal")) return undefined;
  if (!truth) return mentionThrough(open, at);
  const each = listed(list)
    .slice(0, mostItems)
    .map(({ value }) => invert(open, { is: "text", where: "inside", text: String(value ?? "") }, at));
  return fn.name === "has_all" ? allOf(each) : oneOf(...each);
}

function prefixes({ args: [open, ...list] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!open || !truth) return undefined;
  return oneOf(
    ...listed(list).map(({ value }) => {
      const given = String(value ?? "")
        .split(".")
        .filter((part) => part !== "");
      const address = [...given, "10", "11", "12", "13"].slice(0, 4).join(".");
      return invert(open, { is: "text", where: "inside", text: address }, at);
    }),
  );
}

function matches({ args: [open, pattern] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!open || pattern?.kind !== "Literal") return undefined;
  if (!truth) return mentionThrough(open, at);
  const sample = sampleOf(String(pattern.value));
  return sample && invert(open, sampleGoal(sample), at);
}

function presence({ args: [open] }: Call, present: boolean, at: Place): Alternatives | undefined {
  return open && invert(open, { is: present ? "present" : "absent" }, at);
}

function inRange({ args: [open, ...ranges] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!truth) return anyAddress(open, at);
  return oneOf(
    ...listed(ranges)
      .slice(0, mostItems)
      .map(({ value: range }) => value(open, "string", addressIn(String(range)), at) ?? []),
  );
}

/** Addresses far from one another, the first of them public: one of them is outside of a network. */
function anyAddress(open: Expr | undefined, at: Place): Alternatives {
  return oneOf(
    ...["203.0.113.10", "198.51.100.10", "192.0.2.10", "10.1.2.3"].map(
      (address) => value(open, "string", address, at) ?? [],
    ),
  );
}

/** An address of the network, not its first one where there are others. */
function addressIn(range: string): string {
  const network = parseIpv4(range);
  if (!network) return range.replace(/\/.*$/, "").replace(/::$/, "::5");
  const [base = range, length = "32"] = range.split("/");
  const start = parseIpv4(base);
  return start && Number(length) < 30 ? formatIpv4((start.address + 5) >>> 0) : base;
}

function hasItem({ args: [array, item] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  if (!array || item?.kind !== "Literal" || !truth) return undefined;
  return invert(array, { is: "item", type: item.type, value: item.value }, at);
}

function hasKey({ args: [bag, key] }: Call, truth: boolean, at: Place): Alternatives | undefined {
  const slot = bag && slotIn(bag, at.schema);
  if (!slot || key?.kind !== "Literal" || typeof key.value !== "string" || !truth) return undefined;
  return invert(bag, { is: "equal", type: "dynamic", value: new Map([[key.value, "value"]]) }, at);
}
