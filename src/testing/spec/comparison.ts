const operators = {
  "==": (a: number, b: number) => a === b,
  "!=": (a: number, b: number) => a !== b,
  ">=": (a: number, b: number) => a >= b,
  "<=": (a: number, b: number) => a <= b,
  ">": (a: number, b: number) => a > b,
  "<": (a: number, b: number) => a < b,
} as const;

/** A question to a number: `3`, `>= 3`. */
export interface Comparison {
  readonly text: string;
  readonly holds: (count: number) => boolean;
}

/** The comparison that a number or a text stands for; undefined when it stands for none. */
export function comparisonOf(given: number | string): Comparison | undefined {
  const [, operator = "==", digits = ""] = /^\s*(==|!=|>=|<=|>|<)?\s*(\d{1,15})\s*$/.exec(String(given)) ?? [];
  if (digits === "") return undefined;
  const limit = Number(digits);
  const compare = operators[operator as keyof typeof operators]; // the pattern knows no others
  return { text: operator === "==" ? digits : `${operator} ${digits}`, holds: (count) => compare(count, limit) };
}
