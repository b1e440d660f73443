/*
 * Terms: Kusto's `has` looks for whole runs of letters and digits. https://learn.microsoft.com/kusto/query/datatypes-string-operators#what-is-a-term
 */

const letterOrDigit = /[\p{L}\p{N}]/u;

/** Whether the UTF-16 unit at `at` belongs to a term. */
function inTerm(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 128) return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  return letterOrDigit.test(String.fromCodePoint(text.codePointAt(at) ?? code));
}

export type TermEdges = "both" | "start" | "end";

/**
 * True when `needle` stands in `text` with no letter or digit beside it at the given edges. An edge of the needle that
 * is itself no letter or digit needs no boundary. The empty needle is everywhere.
 */
export function hasTerm(text: string, needle: string, edges: TermEdges): boolean {
  if (needle === "") return true;
  const open = edges !== "end" && inTerm(needle, 0);
  const close = edges !== "start" && inTerm(needle, needle.length - 1);
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const end = at + needle.length;
    if ((!open || at === 0 || !inTerm(text, at - 1)) && (!close || end === text.length || !inTerm(text, end)))
      return true;
  }
  return false;
}

/** True when all of `text` is one term. */
export function isTerm(text: string): boolean {
  if (text === "") return false;
  for (let at = 0; at < text.length; at++) if (!inTerm(text, at)) return false;
  return true;
}

/** Every term of `text`, in order. */
export function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  let start = -1;
  for (let at = 0; at <= text.length; at++) {
    const inside = at < text.length && inTerm(text, at);
    if (inside && start < 0) start = at;
    if (!inside && start >= 0) {
      terms.push(text.slice(start, at));
      start = -1;
    }
  }
  return terms;
}
