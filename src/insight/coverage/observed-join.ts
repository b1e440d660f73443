import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Expr, Join } from "../../plan/nodes.ts";
import { keyIndex } from "../../runtime/keys.ts";
import { count } from "./observed-condition.ts";
import { observer } from "./observer.ts";
import type { Book } from "./tally.ts";

/**
 * The same join, with its keys watched: true where a row of the left finds a partner. The right side is indexed
 * first, in one piece; then rows of the left come by.
 */
export function observedJoin(join: Join, book: Book): Join {
  const { on } = join;
  const [first, last] = [on[0], on.at(-1)];
  if (!first || !last) return join;
  const tally = book.open("key", keysSpan(join));
  let index = keyIndex(on.map(({ right }) => right.type));
  const lefts = on.map(({ left }) => left);
  const rights = on.map(({ right }) => right);
  const watchRight = observer(rights, last.right, (keys, { rows }) => {
    // A join inside of a subquery runs many times.
    index = keyIndex(on.map(({ right }) => right.type));
    index.add(keys, rows);
    return keys.at(-1)!;
  });
  const watchLeft = observer(lefts, last.left, (keys, { rows }) => {
    const ids = index.find(keys, rows);
    const truths = Uint8Array.from(ids, (id) => (id >= 0 ? 1 : 0));
    count(tally, truths, rows);
    return keys.at(-1)!;
  });
  const watched = { left: watchLeft, right: watchRight } satisfies Record<string, Expr>;
  return { ...join, on: [...on.slice(0, -1), watched] };
}

/** From the first key to the last, as the query has them. */
function keysSpan({ on, origin }: Join): Span {
  const spans = on.flatMap(({ left, right }) => [left.span, right.span]);
  const start = Math.min(...spans.map((span) => span.start));
  const end = Math.max(...spans.map((span) => span.end));
  return start < end ? { start, end } : origin;
}
