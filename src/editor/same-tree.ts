/** Where things stand, and the blanks between adjacent texts: not part of what they mean. */
const places: ReadonlySet<string> = new Set(["span", "operatorSpan", "text"]);

/** Whether two syntax trees say the same, wherever it stands. */
export function sameTree(a: unknown, b: unknown): boolean {
  const pending: [unknown, unknown][] = [[a, b]];
  for (let pair = pending.pop(); pair; pair = pending.pop()) {
    const [left, right] = pair;
    if (Object.is(left, right)) continue;
    if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
    if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
    const keys = Object.keys(left).filter((key) => !places.has(key));
    if (keys.length !== Object.keys(right).filter((key) => !places.has(key)).length) return false;
    for (const key of keys) {
      if (!Object.hasOwn(right, key)) return false;
      pending.push([Reflect.get(left, key), Reflect.get(right, key)]);
    }
  }
  return true;
}
