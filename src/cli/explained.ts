import picocolors from "picocolors";
import { select } from "../data/batch.ts";
import { cellAt } from "../data/cells.ts";
import { wireValue } from "../data/text.ts";
import type { Field, Schema } from "../data/types.ts";
import type { QueryDocument } from "../documents/document.ts";
import { lexemesOf } from "../editor/lexemes.ts";
import type { Pipeline, Step } from "../engine/steps.ts";
import type { Layout } from "./formats/layout.ts";
import { asPretty } from "./formats/pretty.ts";

/** What a step did to the columns. */
interface Change {
  readonly added: Schema;
  readonly removed: Schema;
  /** As they are now, with the type that they had. */
  readonly changed: readonly (Field & { readonly was: string })[];
  readonly kept: Schema;
}

function changeOf(before: Schema, after: Schema): Change {
  const old = new Map(before.map(({ name, type }) => [name, type]));
  const now = new Set(after.map(({ name }) => name));
  return {
    added: after.filter(({ name }) => !old.has(name)),
    removed: before.filter(({ name }) => !now.has(name)),
    changed: after.flatMap((field) => {
      const was = old.get(field.name);
      return was === undefined || was === field.type ? [] : [{ ...field, was }];
    }),
    kept: after.filter(({ name, type }) => old.get(name) === type),
  };
}

/** A step with the step before it, which it got its rows from. */
function withInputs(steps: readonly Step[]): readonly { readonly step: Step; readonly input: Step | undefined }[] {
  return steps.map((step, i) => ({ step, input: steps[i - 1] }));
}

// ---------------------------------------------------------------- for the eye

/** More names than these are counted. */
const mostNames = 10;

/** The pipelines, a block for each step. */
export function* shownPipelines(
  pipelines: readonly Pipeline[],
  document: QueryDocument,
  layout: Layout,
  indent = "",
): Iterable<string> {
  const paint = picocolors.createColors(layout.color);
  for (const [i, { name, steps }] of pipelines.entries()) {
    if (i > 0 && indent === "") yield "\n";
    if (name !== undefined) yield `${indent}${paint.bold(`let ${name}`)}\n`;
    for (const { step, input } of withInputs(steps)) {
      const { line, column } = placeOf(step, document);
      yield `${indent}${paint.dim(`${line}:${column}`.padEnd(7))} ${input || step.input ? "| " : ""}${textOf(step, document, layout.width)}\n`;
      const margin = `${indent}        `;
      yield* shownPipelines(step.inner, document, layout, margin);
      for (const line of columnLines(step, paint)) yield `${margin}${line}\n`;
      yield* shownRows(step, input, layout, margin);
    }
  }
}

function columnLines({ schema, input }: Step, paint: ReturnType<typeof picocolors.createColors>): readonly string[] {
  if (!schema) return [];
  const typed = ({ name, type }: Field) => `${name}: ${type}`;
  if (!input) return [`(${schema.map(typed).join(", ")})`];
  const { added, removed, changed, kept } = changeOf(input, schema);
  const names = (fields: Schema) => fields.map(({ name }) => name).join(", ");
  const same = kept.length > mostNames ? `${kept.length} columns` : names(kept);
  return [
    ...(added.length > 0 ? [paint.green(`+ ${added.map(typed).join(", ")}`)] : []),
    ...(changed.length > 0
      ? [paint.yellow(`~ ${changed.map((one) => `${typed(one)} (was ${one.was})`).join(", ")}`)]
      : []),
    ...(removed.length > 0 ? [paint.red(`- ${names(removed)}`)] : []),
    ...(kept.length > 0 ? [paint.dim(`= ${same}`)] : []),
  ];
}

function* shownRows({ schema, rows }: Step, input: Step | undefined, layout: Layout, margin: string): Iterable<string> {
  if (!rows || !schema) return;
  const count = (length: number) => `${length} row${length === 1 ? "" : "s"}`;
  const from = input?.rows ? `${count(input.rows.length)} → ` : "";
  yield `${margin}${from}${count(rows.length)}\n`;
  const first = Int32Array.from({ length: Math.min(layout.rows, rows.length) }, (_, row) => row);
  if (first.length === 0) return;
  const shown = { schema, rows: select(rows, first) };
  const text = [...asPretty(shown, { ...layout, width: layout.width - margin.length })].join("");
  // Its last line counts the rows that are shown.
  for (const line of text.trimEnd().split("\n").slice(0, -1)) yield `${margin}${line}\n`;
}

/** The text of a step on one line. */
function textOf({ span }: Step, { text }: QueryDocument, width: number): string {
  const own = text.slice(span.start, span.end);
  // Comments end with their lines.
  const bare = lexemesOf(own).asides.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), own);
  const flat = bare.replace(/\s+/g, " ");
  const most = Math.max(20, Math.min(width, 100) - 12);
  return flat.length > most ? `${flat.slice(0, most)}…` : flat;
}

function placeOf(
  { span }: Step,
  { file, offsetInFile }: QueryDocument,
): { readonly line: number; readonly column: number } {
  const before = file.text.slice(0, offsetInFile(span.start));
  const start = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: before.length - start + 1 };
}

// ---------------------------------------------------------------- for programs

/** The pipelines as plain data. */
export function pipelinesAsData(
  pipelines: readonly Pipeline[],
  document: QueryDocument,
  limit: number,
): readonly object[] {
  return pipelines.map(({ name, steps }) => ({
    name,
    steps: withInputs(steps).map(({ step, input }) => {
      const { schema, rows, span } = step;
      const change = schema && step.input ? changeOf(step.input, schema) : undefined;
      const shown = rows &&
        schema && {
          rowsIn: input?.rows?.length,
          rowsOut: rows.length,
          rows: Array.from({ length: Math.min(limit, rows.length) }, (_, row) =>
            Object.fromEntries(
              schema.map(({ name: column, type }, i) => [
                column,
                writtenCell(wireValue(type, cellAt(rows.column(i), row))),
              ]),
            ),
          ),
        };
      return {
        ...placeOf(step, document),
        text: document.text.slice(span.start, span.end),
        columns: schema,
        added: change?.added.map((field) => field.name),
        changed: change?.changed.map((field) => field.name),
        removed: change?.removed.map((field) => field.name),
        ...shown,
        inner: step.inner.length > 0 ? pipelinesAsData(step.inner, document, limit) : undefined,
      };
    }),
  }));
}

/** A cell as JSON already: a long has more digits than a number of JavaScript. */
interface Written {
  readonly json: string;
}
const written = new WeakSet<object>();

function writtenCell(json: string): Written {
  const cell = { json };
  written.add(cell);
  return cell;
}

function isWritten(value: unknown): value is Written {
  return typeof value === "object" && value !== null && written.has(value);
}

/** Plain data, with cells as results are written in JSON. */
export function asJsonText(data: unknown): string {
  const cells: string[] = [];
  const text = JSON.stringify(
    data,
    (_, value: unknown) => (isWritten(value) ? `\u0000${cells.push(value.json) - 1}` : value),
    2,
  );
  return `${text.replace(/"\\u0000(\d+)"/g, (_, index: string) => cells[Number(index)] ?? "null")}\n`;
}

// ---------------------------------------------------------------- syntax trees

/** The tree as plain data: long integers as texts, for JSON has no room for them. */
export function treeAsData(tree: unknown): unknown {
  return JSON.parse(JSON.stringify(tree, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value))); // as it came
}

/** A line per node, its own properties behind its kind. */
export function shownTree(value: unknown, label = "", indent = ""): string {
  if (typeof value !== "object" || value === null) return "";
  const entries = Object.entries(value).filter(
    ([key, inner]) => key !== "kind" && !/span$/i.test(key) && inner !== undefined,
  );
  const isTree = (inner: unknown) =>
    typeof inner === "object" && inner !== null && (Array.isArray(inner) || "kind" in inner);
  const plain = entries
    .filter(([, inner]) => !isTree(inner))
    .map(([key, inner]) => `${key}=${JSON.stringify(treeAsData(inner))}`);
  const kind = "kind" in value ? String(value.kind) : "";
  const own = [label === "" ? kind : `${label}: ${kind}`.trimEnd(), ...plain].join(" ");
  const below = entries.flatMap(([key, inner]) => {
    if (!isTree(inner)) return [];
    const items: readonly unknown[] = Array.isArray(inner) ? inner : [inner];
    return items.map((item) => shownTree(item, key, `${indent}  `));
  });
  return `${indent}${own}\n${below.join("")}`;
}
