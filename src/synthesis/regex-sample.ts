import { parseRegex } from "../functions/algorithms/regex/parse.ts";
import type { Chars, RegexNode } from "../functions/algorithms/regex/syntax.ts";

export interface Sample {
  readonly text: string;
  /** The match begins, or ends, with the text. */
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/**
 * A text that the pattern most likely matches; undefined for a pattern that is none. With `captured`, that capture group
 * takes the given text, whether the group allows it or not: who asks tries it.
 */
export function sampleOf(
  pattern: string,
  captured?: { readonly group: number; readonly text: string },
): Sample | undefined {
  let tree: RegexNode;
  try {
    tree = parseRegex(pattern).node;
  } catch {
    return undefined;
  }
  const edges = { atStart: false, atEnd: false };
  const write = (node: RegexNode): string => {
    switch (node.kind) {
      case "empty":
        return "";
      case "chars":
        return charOf(node.chars);
      case "look":
        if (node.at === "start" || node.at === "lineStart") edges.atStart = true;
        if (node.at === "end" || node.at === "lineEnd") edges.atEnd = true;
        return "";
      case "concat":
        return node.nodes.map(write).join("");
      case "alternation":
        return write(node.nodes[0] ?? { kind: "empty" });
      case "repeat": {
        // What need not be there stays away, unless the captured text is in it.
        const times = node.min === 0 && captured && hasGroup(node.node, captured.group) ? 1 : node.min;
        return Array.from({ length: Math.min(times, 1000) }, () => write(node.node)).join("");
      }
      case "capture":
        if (captured?.group === node.index) return captured.text;
        return write(node.node);
    }
  };
  const text = write(tree);
  return { text: captured?.group === 0 ? captured.text : text, ...edges };
}

function hasGroup(node: RegexNode, group: number): boolean {
  switch (node.kind) {
    case "capture":
      return node.index === group || hasGroup(node.node, group);
    case "concat":
    case "alternation":
      return node.nodes.some((each) => hasGroup(each, group));
    case "repeat":
      return hasGroup(node.node, group);
    default:
      return false;
  }
}

/** The friendliest member: a letter, a digit, then whatever can be printed. */
function charOf({ ascii, source }: Chars): string {
  const ranges = [
    [97, 122],
    [65, 90],
    [48, 57],
    [32, 126],
    [0, 127],
  ] as const;
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) if (ascii[code] === 1) return String.fromCharCode(code);
  }
  const [, code] = /^\\u\{([0-9a-f]+)\}$/.exec(source) ?? [];
  return code === undefined ? "" : String.fromCodePoint(Number.parseInt(code, 16));
}
