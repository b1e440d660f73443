import type { Dynamic } from "../../../data/dynamic.ts";
import { patterns } from "./patterns.ts";

/* What a user agent says of its browser, its operating system and its device: the first pattern that matches says it. */

export type Part = "browser" | "os" | "device";

interface Shape {
  readonly name: string;
  /** What the pattern gives, in the order of its replacements and, where it has none, of its groups. */
  readonly members: readonly string[];
}

export const shapes: Readonly<Record<Part, Shape>> = {
  browser: { name: "Browser", members: ["Family", "MajorVersion", "MinorVersion", "Patch"] },
  os: { name: "OperatingSystem", members: ["Family", "MajorVersion", "MinorVersion", "Patch", "PatchMinor"] },
  device: { name: "Device", members: ["Family", "Brand", "Model"] },
};

interface Pattern {
  readonly regex: RegExp;
  readonly replacements: readonly (string | null | undefined)[];
}

const compiled = new Map<Part, readonly Pattern[]>();

function patternsOf(part: Part): readonly Pattern[] {
  const known = compiled.get(part);
  if (known) return known;
  // The file is made by a script, which knows this shape.
  const all = JSON.parse(patterns) as Readonly<Record<Part, readonly (readonly [string, ...(string | null)[]])[]>>;
  const made = all[part].map(([source, flags, ...replacements]) => ({
    regex: new RegExp(source, flags ?? ""),
    replacements,
  }));
  compiled.set(part, made);
  return made;
}

/** A bag with the members of the part; texts that no pattern knows are of the family `Other`. */
export function partOf(part: Part, agent: string): Dynamic {
  const { members } = shapes[part];
  const empty = members.map((_, i) => (i === 0 ? "Other" : ""));
  for (const { regex, replacements } of patternsOf(part)) {
    const match = regex.exec(agent);
    if (match) return bagOf(members, valuesOf(part, match, replacements));
  }
  return bagOf(members, empty);
}

function bagOf(members: readonly string[], values: readonly string[]): Dynamic {
  return new Map(members.map((name, i) => [name, values[i] ?? ""]));
}

function valuesOf(part: Part, match: RegExpExecArray, replacements: Pattern["replacements"]): readonly string[] {
  return shapes[part].members.map((member, i) => {
    const replacement = replacements[i];
    if (replacement !== null && replacement !== undefined) return filled(replacement, match);
    // A device has its first group for a family and a model, and no brand that its pattern does not name.
    if (part === "device") return member === "Brand" ? "" : (match[1] ?? "").trim();
    return match[i + 1] ?? "";
  });
}

/** `$1` and its kin stand for groups; one that matches nothing is empty. */
function filled(replacement: string, match: RegExpExecArray): string {
  return replacement.replace(/\$(\d)/g, (_, group: string) => match[Number(group)] ?? "").trim();
}
