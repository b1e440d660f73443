import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const src = join(root, "src");

/** Who may import whom: the table of ARCHITECTURE.md, "Layers". `*` is everything. */
const layers: Readonly<Record<string, readonly string[]>> = {
  data: [],
  diagnostics: ["data"],
  documents: ["data", "diagnostics", "parser"],
  parser: ["data", "diagnostics"],
  functions: ["data", "diagnostics"],
  readers: ["data", "diagnostics"],
  plan: ["data", "diagnostics", "functions"],
  binder: ["data", "diagnostics", "parser", "functions", "plan"],
  runtime: ["data", "diagnostics", "functions", "plan"],
  engine: ["data", "diagnostics", "documents", "parser", "functions", "readers", "plan", "binder", "runtime"],
  lint: ["data", "diagnostics", "parser", "functions", "readers", "plan", "binder", "engine"],
  editor: ["data", "diagnostics", "parser", "functions", "plan", "binder", "engine"],
  testing: ["data", "diagnostics", "documents", "parser", "readers", "plan", "binder", "engine"],
  insight: ["data", "diagnostics", "parser", "functions", "plan", "binder", "runtime", "engine"],
  synthesis: ["data", "diagnostics", "parser", "functions", "plan", "binder", "engine"],
  "index.ts": ["data", "diagnostics", "documents", "parser", "functions", "readers", "plan", "binder", "engine"],
  node: ["*"],
  "node.ts": ["*"],
  "testing.ts": ["*"],
  cli: ["*"],
};
const shells = ["node", "node.ts", "testing.ts", "cli"];

/** Types that refer to one another, in files of their own; nothing is left of such an import when it runs. */
const onTree = (path: string) => /^parser\/ast(-\w+)?\.ts$/.test(path);

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly lines: number;
  readonly imports: readonly string[];
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesBelow(path) : path.endsWith(".ts") ? [path] : [];
  });
}

const files: readonly SourceFile[] = filesBelow(src).map((file) => {
  const text = readFileSync(file, "utf8");
  const path = relative(src, file);
  const specifiers = [
    ...text.matchAll(/^\s*(?:import|export)\b[^"';]*?["']([^"']+)["']|\bimport\(["']([^"']+)["']\)/gm),
  ];
  return {
    path,
    room: path.split("/")[0] ?? "",
    lines: text.split("\n").length,
    imports: specifiers.map((match) => match[1] ?? match[2] ?? ""),
  };
});

const inside = (file: SourceFile) =>
  file.imports
    .filter((name) => name.startsWith("."))
    .map((name) => relative(src, resolve(src, dirname(file.path), name)));

describe("architecture", () => {
  test("there is something to check", () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap(inside).length).toBeGreaterThan(300);
  });

  test("every room stands in the table of layers", () => {
    expect([...new Set(files.map((file) => file.room))].filter((room) => !(room in layers))).toEqual([]);
  });

  test("rooms import only what their layer allows", () => {
    const wrong = files.flatMap((file) => {
      const allowed = layers[file.room] ?? [];
      return inside(file)
        .map((target) => target.split("/")[0] ?? "")
        .filter((room) => room !== file.room && !allowed.includes("*") && !allowed.includes(room))
        .map((room) => `${file.path}: ${file.room}/ must not import ${room}/ (see ARCHITECTURE.md, "Layers")`);
    });
    expect(wrong).toEqual([]);
  });

  test("node: stays in the shells", () => {
    const wrong = files.filter(
      (file) => !shells.includes(file.room) && file.imports.some((name) => name.startsWith("node:")),
    );
    expect(wrong.map((file) => file.path)).toEqual([]);
  });

  test("no file imports itself by a detour", () => {
    const graph = new Map(
      files.map((file) => [file.path, inside(file).filter((target) => !onTree(file.path) || !onTree(target))]),
    );
    const state = new Map<string, "open" | "done">();
    const cycles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      if (state.get(path) === "done") return;
      if (state.get(path) === "open") {
        cycles.push([...trail.slice(trail.indexOf(path)), path].join(" → "));
        return;
      }
      state.set(path, "open");
      for (const target of graph.get(path) ?? []) visit(target, [...trail, path]);
      state.set(path, "done");
    };
    for (const path of graph.keys()) visit(path, []);
    expect(cycles).toEqual([]);
  });

  test("files can be read in one sitting", () => {
    const long = files.filter((file) => file.lines > 501).map((file) => file.path);
    expect(long).toEqual([]);
    const lengths = files.map((file) => file.lines).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThan(150);
    expect(lengths[Math.floor(lengths.length * 0.95)]).toBeLessThan(400);
  });

  test("ARCHITECTURE.md shows the same layers", () => {
    const page = readFileSync(join(root, "ARCHITECTURE.md"), "utf8");
    const rows = [...page.matchAll(/^\| `([^`]+)` \| (.*?) \|/gm)];
    const shown = Object.fromEntries(
      rows.map(([, room = "", cell = ""]) => [
        room,
        cell === "–" ? [] : cell === "anything, and `node:`" ? ["*"] : cell.split(", "),
      ]),
    );
    expect(shown).toEqual(layers);
  });

  test("dependencies run on Node 20", () => {
    const lock = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")) as {
      packages: Record<string, { engines?: { node?: string }; version?: string; optional?: boolean }>;
    };
    // Chevrotain 12 and later call Object.groupBy, which Node 20 does not have.
    expect(lock.packages["node_modules/chevrotain"]?.version).toMatch(/^11\./);
    const tooNew = Object.entries(lock.packages).filter(([, { engines, optional }]) => {
      const node = engines?.node ?? "";
      return !optional && /^>=\s*(2[1-9]|[3-9]\d)/.test(node);
    });
    expect(tooNew.map(([name]) => name)).toEqual([]);
  });
});
