/** A place in a pattern that moves forward, by code points. */
export interface Cursor {
  done(): boolean;
  /** The next character, "" at the end. */
  peek(): string;
  next(): string;
  nextCode(): number;
  /** Moves past `text` when it comes next. */
  take(text: string): boolean;
  /** Moves past what a sticky expression matches here. */
  match(sticky: RegExp): RegExpExecArray | null;
}

export function cursorOver(text: string): Cursor {
  let at = 0;
  const peek = (): string => {
    const code = text.codePointAt(at);
    return code === undefined ? "" : String.fromCodePoint(code);
  };
  const next = (): string => {
    const char = peek();
    at += char.length;
    return char;
  };
  return {
    done: () => at >= text.length,
    peek,
    next,
    nextCode: () => next().codePointAt(0) ?? 0,
    take: (expected) => {
      if (!text.startsWith(expected, at)) return false;
      at += expected.length;
      return true;
    },
    match: (sticky) => {
      sticky.lastIndex = at;
      const found = sticky.exec(text);
      if (found) at += found[0].length;
      return found;
    },
  };
}
