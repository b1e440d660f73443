import { insideFunction } from "../diagnostics/catalogue/binding.ts";
import type { Diagnostic, Span } from "../diagnostics/diagnostic.ts";
import type { StoredFunction } from "./catalog.ts";
import { withSpans } from "./spans.ts";

/*
 * The plan of a stored function is made of a text that is not the query's. Every call of one gets a stretch of offsets
 * of its own, beyond the end of any query, so that whatever is reported later leads back to the call.
 */

interface StoredCall {
  readonly fn: StoredFunction;
  readonly call: Span;
  /** The offset of the first character of `fn.text`. */
  readonly base: number;
}

export class StoredCalls {
  readonly #calls: StoredCall[] = [];
  readonly #running: StoredFunction[] = [];
  #next = 2 ** 32;

  runs(fn: StoredFunction): boolean {
    return this.#running.includes(fn);
  }

  /** The function as it stands for this call. */
  begin(fn: StoredFunction, call: Span): Pick<StoredFunction, "declaration" | "diagnostics"> {
    const base = this.#next;
    this.#next += fn.text.length + 1;
    this.#calls.push({ fn, call, base });
    this.#running.push(fn);
    const by = base + fn.shift;
    const moved = ({ start, end }: Span): Span => ({ start: start + by, end: end + by });
    return { declaration: withSpans(fn.declaration, moved), diagnostics: withSpans(fn.diagnostics, moved) };
  }

  end(): void {
    this.#running.pop();
  }

  /** The diagnostic with its label in the query: at the call, when it is about the body of a stored function. */
  locate(diagnostic: Diagnostic): Diagnostic {
    const { start } = diagnostic.labels[0].span;
    const found = this.#at(start);
    if (!found) return diagnostic;
    let outer = found;
    for (let next = this.#at(outer.call.start); next; next = this.#at(outer.call.start)) outer = next;
    const { name, source, text } = found.fn;
    return insideFunction(diagnostic, outer.call, name, placeIn(source, text, start - found.base));
  }

  #at(offset: number): StoredCall | undefined {
    return this.#calls.findLast(({ base }) => base <= offset);
  }
}

function placeIn(source: string, text: string, offset: number): string {
  const before = text.slice(0, Math.max(0, offset)).split("\n");
  return `${source}:${before.length}:${(before.at(-1) ?? "").length + 1}`;
}
