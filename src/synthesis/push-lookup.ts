import type { PluginArgument } from "../functions/plugin.ts";
import type { Evaluate, Expr, Plan } from "../plan/nodes.ts";
import { columnsIn } from "../plan/walk.ts";
import { type Condition, callOf, type Group, holds, substituted, type Want } from "./condition.ts";
import { columnOf, type Demands, isTurned, pendingValue } from "./demand.ts";

type Push = (plan: Plan, wants: readonly Want[], demands: Demands) => void;

export function isLookup({ plugin }: Evaluate): boolean {
  return plugin.name === "ipv4_lookup";
}

/** ipv4_lookup: a row of the lookup table, and a row of the input whose address lies in its network. */
export function pushLookup(plan: Evaluate, wants: readonly Want[], demands: Demands, push: Push): void {
  const { input, call, origin } = plan;
  const [table] = plan.tables;
  const [source] = call.args.get("SourceIPv4Key") ?? [];
  const [network] = call.args.get("IPv4LookupKey") ?? [];
  const [unmatched] = call.args.get("return_unmatched") ?? [];
  const width = input.schema.length;
  const keeps = unmatched?.kind === "constant" && unmatched.value === true;
  const needed = wants.some((want) => want.some(({ expr }) => [...columnsIn(expr)].some((index) => index >= width)));
  if (!table || source?.kind !== "column" || network?.kind !== "lookup" || (keeps && !needed)) {
    push(input, wants, demands);
    return;
  }
  const keys = (call.args.get("ExtraKey") ?? []).filter((key): key is BothKey => key.kind === "both");
  const added = [...table.schema.keys()].filter((index) => !keys.some((key) => key.lookup === index));
  const apart = isTurned(demands, origin, "key");
  const inputs = wants.map((want): Want => {
    const networkOf = columnOf(table, network.index, origin);
    const { stand, group } = pendingValue(networkOf, demands);
    const address = columnOf(input, source.index, origin);
    const inside = callOf("ipv4_is_in_range", [address, stand], "bool", origin);
    const shared = keys.map((key): readonly [Condition, Condition] => {
      const same: Group = { type: key.type };
      const at = (side: Plan, index: number): Condition => {
        return { kind: "same", expr: columnOf(side, index, origin), group: same, present: true };
      };
      return [at(input, key.index), at(table, key.lookup)];
    });
    const below: Condition[] = shared.map(([left]) => left);
    const above: Condition[] = shared.map(([, right]) => right);
    const place = (index: number): Expr => {
      if (index < width) return columnOf(input, index, origin);
      const column = columnOf(table, added[index - width] ?? 0, origin);
      const value = pendingValue(column, demands);
      above.push({ kind: "same", expr: column, group: value.group, present: false });
      return value.stand;
    };
    for (const condition of want) {
      const columns = [...columnsIn(condition.expr)];
      if (columns.length > 0 && columns.every((index) => index >= width)) {
        above.push(substituted(condition, (index) => columnOf(table, added[index - width] ?? 0, origin)));
      } else below.push(substituted(condition, place));
    }
    push(table, [[...above, { kind: "same", expr: networkOf, group, present: true }]], demands);
    const turned: Condition = { kind: "holds", expr: inside, holds: false, turned: true };
    return [...below, apart ? turned : holds(inside)];
  });
  push(input, inputs, demands);
}

type BothKey = PluginArgument & { readonly kind: "both" };
