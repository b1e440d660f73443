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
} as const;
