/* What is said about a query that has run: mutants that no test notices, conditions that no row has met. */

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? "" : "s"}`;

export const mutation = {
  change(operator: string, removed: string, replacement: string): string {
    if (replacement === "") return `${operator}: without \`${removed}\``;
    return `${operator}: \`${replacement}\` ${removed === "" ? "added" : `instead of \`${removed}\``}`;
  },
  unnoticed(): string {
    return "no test notices this";
  },
  score(killed: number, survived: number): string {
    const total = killed + survived;
    const percent = total === 0 ? 100 : Math.floor((100 * killed) / total);
    return `${killed} of ${plural(total, "change")} to the query noticed (${percent}%)`;
  },
  tooLittle(percent: number, least: number): string {
    return `the tests notice ${Math.floor(percent)}% of the changes to the query, and ${least}% is asked for`;
  },
} as const;

interface ConditionCounts {
  readonly kind: "condition" | "key" | "branch" | "item";
  readonly text: string;
  readonly true: number;
  readonly false: number;
  readonly null: number;
  readonly deciding: number;
}
interface RowCounts {
  readonly rowsIn: number;
  readonly rowsOut: number;
}

export const coverage = {
  /** What is missing of a condition that is not covered. */
  condition({ kind, text, true: trues, false: falses, null: nulls, deciding }: ConditionCounts): string {
    if (trues + falses + nulls === 0) return "no row came here";
    if (kind === "item") return `\`${text}\` was never found`;
    const missing = [
      ...(trues === 0 ? [kind === "key" ? "a partner was never found" : "never true"] : []),
      ...(falses === 0
        ? [kind === "key" ? "a partner was always found" : nulls > 0 ? "null, but never false" : "never false"]
        : []),
    ];
    if (deciding === 0) missing.push("other conditions always decided");
    return missing.join(", ");
  },
  /** What is missing of an operator that is not covered. */
  pipe({ rowsIn, rowsOut }: RowCounts): string {
    if (rowsIn === 0) return "no row came here";
    return rowsOut === 0 ? `dropped every row (${rowsIn})` : `dropped no row (${rowsIn})`;
  },
  counts({ kind, text, true: trues, false: falses, null: nulls, deciding }: ConditionCounts): string {
    if (kind === "item") return `${text}: found ${trues}×`;
    if (kind === "key") return `${text}: partner found ${trues}×, not found ${falses + nulls}×`;
    return `${text}: true ${trues}×, false ${falses}×, null ${nulls}×, deciding ${deciding}×`;
  },
  rows({ rowsIn, rowsOut }: RowCounts): string {
    return `${plural(rowsIn, "row")} in, ${plural(rowsOut, "row")} out`;
  },
  unmeasured(line: number): string {
    return `line ${line}: not measured, it runs while the query is bound`;
  },
  score(covered: number, total: number, percent: number): string {
    return `${covered} of ${total} conditions and operators covered (${Math.floor(percent)}%)`;
  },
  tooLittle(percent: number, least: number): string {
    return `the tests cover ${Math.floor(percent)}% of the query, and ${least}% is asked for`;
  },
  nothing(): string {
    return "nothing is measured: no test gives a result of the query as it stands";
  },
  title(): string {
    return "Predicate coverage";
  },
  covered(): string {
    return "covered";
  },
  open(): string {
    return "not covered";
  },
} as const;

type ColumnChange =
  | {
      readonly kind: "added" | "removed";
      readonly column: { readonly name: string; readonly type: string };
    }
  | { readonly kind: "retyped"; readonly name: string; readonly before: string; readonly after: string };

const within = (title: string | undefined) => (title === undefined ? "" : `${title}: `);

export const diff = {
  result(number: number): string {
    return `result ${number}`;
  },
  results(before: number, after: number): string {
    return `the query had ${plural(before, "result")}, and has ${after} now`;
  },
  column(change: ColumnChange, title: string | undefined): string {
    if (change.kind === "retyped") {
      return `${within(title)}the column \`${change.name}\` was ${change.before}, and is ${change.after} now`;
    }
    const { name, type } = change.column;
    return `${within(title)}the column \`${name}\` (${type}) is ${change.kind === "added" ? "new" : "gone"}`;
  },
  rows(
    { lost, caught, same }: { readonly lost: number; readonly caught: number; readonly same: number },
    title: string | undefined,
  ): string {
    return `${within(title)}${plural(lost, "row")} lost, ${caught} newly caught, ${same} the same`;
  },
} as const;
