/*
 * Text that knows where it may break. A group stands on one line when it fits, else each of its own lines breaks; what
 * is inside decides for itself. After Wadler, "A prettier printer", https://homepages.inf.ed.ac.uk/wadler/papers/prettier/prettier.pdf
 */

export type Doc = Word | Space | Line | Comment | Group;

export interface Word {
  readonly kind: "word";
  readonly text: string;
}
/** One blank, unless a line begins here. */
export interface Space {
  readonly kind: "space";
}
export interface Line {
  readonly kind: "line";
  /** What it is on one line. */
  readonly flat: " " | "";
  /** Blanks at the beginning of the next line. */
  readonly indent: number;
  /**
   * group: breaks when its group does. always. full: breaks, in a group that does, when what follows, up to the next
   * line, does not fit.
   */
  readonly when: "group" | "always" | "full";
  /** With an empty line before. */
  readonly empty?: boolean | undefined;
}
/** To the end of the line; a line of its own, or behind what is there. */
export interface Comment {
  readonly kind: "comment";
  readonly text: string;
  readonly own: boolean;
  readonly indent: number;
  readonly empty?: boolean | undefined;
}
export interface Group {
  readonly kind: "group";
  readonly docs: readonly Doc[];
  /** Cannot stand on one line. */
  readonly broken: boolean;
  /** Breaks when that group did. */
  readonly after?: Group | undefined;
}

export const space: Space = { kind: "space" };
export const word = (text: string): Word => ({ kind: "word", text });
export const line = (indent: number, flat: Line["flat"] = " ", when: Line["when"] = "group"): Line => ({
  kind: "line",
  flat,
  indent,
  when,
});

export function group(docs: readonly Doc[], broken = false, after?: Group): Group {
  return { kind: "group", docs, broken: broken || docs.some((doc, i) => mustBreak(doc, i === docs.length - 1)), after };
}

/** A comment behind the last word of a group leaves the group on its line. */
function mustBreak(doc: Doc, last: boolean): boolean {
  switch (doc.kind) {
    case "comment":
      return doc.own || !last;
    case "line":
      return doc.when === "always";
    case "group":
      return doc.broken || (!last && endsInComment(doc));
    default:
      return false;
  }
}

function endsInComment({ docs }: Group): boolean {
  const last = docs.at(-1);
  return last?.kind === "comment" || (last?.kind === "group" && endsInComment(last));
}

/** Docs that are being gone through. */
interface Walk {
  readonly docs: readonly Doc[];
  next: number;
  readonly flat: boolean;
}

/** The text, without blanks at the ends of lines. */
export function print(doc: Doc, width: number, lineBreak: string): string {
  const out: string[] = [];
  const broke = new Set<Group>();
  const walks: Walk[] = [{ docs: [doc], next: 0, flat: false }];
  let column = 0;
  /** Nothing stands on the line yet. */
  let fresh = true;
  let blank = false;
  /** A comment ends here, and nothing else may stand on its line: the indent of the next one. */
  let closed: number | undefined;

  for (let walk = walks.at(-1); walk; walk = walks.at(-1)) {
    const current = walk.docs[walk.next++];
    if (!current) walks.pop();
    else show(current, walk.flat);
  }
  return out.join("");

  function show(current: Doc, flat: boolean): void {
    switch (current.kind) {
      case "word":
        write(current.text);
        return;
      case "space":
        blank = true;
        return;
      case "comment":
        if (current.own && (!fresh || closed !== undefined)) newLine(current.indent, current.empty);
        else blank = true;
        write(current.text);
        closed = current.indent;
        return;
      case "line":
        if (breaks(current, flat)) newLine(current.indent, current.empty);
        else if (current.flat === " ") blank = true;
        return;
      case "group": {
        const follows = current.after !== undefined && broke.has(current.after);
        const fits = flat || (!current.broken && !follows && fitsIn(width - column - (blank ? 1 : 0), current.docs));
        if (!fits) broke.add(current);
        walks.push({ docs: current.docs, next: 0, flat: fits });
      }
    }
  }

  function newLine(indent: number, empty = false): void {
    if (out.length > 0) out.push(empty ? lineBreak + lineBreak : lineBreak);
    out.push(" ".repeat(indent));
    column = indent;
    fresh = true;
    blank = false;
    closed = undefined;
  }

  function write(text: string): void {
    if (closed !== undefined) newLine(closed);
    if (blank && !fresh) {
      out.push(" ");
      column++;
    }
    const lastBreak = text.lastIndexOf("\n");
    column = lastBreak < 0 ? column + text.length : text.length - lastBreak - 1;
    out.push(text);
    fresh = false;
    blank = false;
  }

  function breaks({ when, flat: shape }: Line, flat: boolean): boolean {
    if (when === "always") return true;
    if (flat) return false;
    return when === "group" || !fitsIn(width - column - shape.length, []);
  }

  /** Whether `docs`, and what follows them up to the next line that may break, have room. */
  function fitsIn(room: number, docs: readonly Doc[]): boolean {
    let left = room;
    let behind = walks.length;
    const ahead: Walk[] = [{ docs, next: 0, flat: true }];
    while (left >= 0) {
      let walk = ahead.at(-1);
      if (!walk) {
        const outer = walks[--behind];
        if (!outer) return true;
        walk = { ...outer };
        ahead.push(walk);
      }
      const current = walk.docs[walk.next++];
      switch (current?.kind) {
        case undefined:
          ahead.pop();
          break;
        case "word": {
          const end = current.text.indexOf("\n");
          if (end >= 0) return end <= left;
          left -= current.text.length;
          break;
        }
        case "space":
          left -= 1;
          break;
        case "comment":
          return true;
        case "line":
          if (!walk.flat) return true;
          left -= current.flat.length;
          break;
        case "group":
          ahead.push({ docs: current.docs, next: 0, flat: walk.flat });
      }
    }
    return false;
  }
}
