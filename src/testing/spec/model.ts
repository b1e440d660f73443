import * as z from "zod";
import { parseDatetime } from "../../data/datetime.ts";
import { timespanWithUnit } from "../../data/timespan.ts";
import { comparisonOf } from "./comparison.ts";

/*
 * What a `*.test.yaml` may say. Types, the check of a file and schema/test.v1.json all come from here; the messages of
 * `.refine` are what is expected, in words that fit behind "expects".
 */

const text = z.string().min(1);
const datetime = z
  .string()
  .refine((value) => parseDatetime(value) !== null, { error: "a datetime, such as 2024-03-01T10:00:00Z" });
const timespan = z
  .string()
  .refine((value) => typeof timespanWithUnit(value) === "bigint", { error: "a timespan, such as 1m or 2h" });
const scalar = z.union([z.string(), z.number(), z.boolean()]);
const comparison = z.union([
  z.int().min(0),
  z
    .string()
    .refine((value) => comparisonOf(value) !== undefined, { error: "a number, or a comparison such as `>= 3`" }),
]);
const strings = z.array(z.string());
/** One text, or several. */
const texts = z.union([text, z.array(text).min(1)]);
const percentage = z.number().min(0).max(100, { error: "a percentage, 0 to 100" });

const row = z.record(z.string(), z.unknown()).describe("Columns by name; those that are not named are null");
const rows = z.array(row);

const table = z
  .union([rows, z.strictObject({ inline: z.string() }), z.strictObject({ file: text })])
  .describe("Rows; or `inline`, CSV text with a header; or `file`");

const generated = z.strictObject({
  repeat: z
    .union([z.int().min(0), z.string().regex(/^\$\{\w+\}$/)])
    .optional()
    .describe("How many rows; 1 when absent"),
  every: timespan.optional().describe("The time between two rows"),
  from: datetime.optional().describe("The time of the first row"),
  row: row.describe("What every row holds; $ and i in braces is the number of the row, from 0"),
});

/** What the file, `defaults` and a test may say alike. What is further in wins, table by table and name by name. */
const inputs = {
  now: datetime.optional().describe("What now() says"),
  externaldata: z
    .record(text, text)
    .optional()
    .describe("Addresses of externaldata, and the files that stand for them"),
  watchlists: z
    .record(text, text)
    .optional()
    .describe("Watchlists by alias, or ALIAS:COLUMN with their search key, each a CSV file"),
  functions: strings
    .optional()
    .describe(
      "Patterns of files: a .kql file holds `.create function` commands, or is one function of its name; YAML is a parser",
    ),
  ingestionTime: text.optional().describe("The datetime column that ingestion_time() stands for"),
  fileProfiles: text.optional().describe("A file of what FileProfile knows"),
  locations: text.optional().describe("A file of what geo_info_from_ip_address knows: networks and where they are"),
  parameters: z.record(text, scalar).optional().describe("Values for declare query_parameters"),
  lets: z.record(text, scalar).optional().describe("KQL that replaces the value of a top-level let"),
  tables: z.record(text, table).optional().describe("The rows of tables"),
  generate: z.record(text, z.array(generated).min(1)).optional().describe("Rows in series, behind those of `tables`"),
  tags: strings.optional().describe("Words for --tag"),
};

// `${i}` is the number of a generated row.
const matrix = z
  .record(z.string().regex(/^(?!i$)[A-Za-z_]\w*$/), z.array(scalar).min(1))
  .describe(
    "Values for the names in texts, written as $ and the name in braces: a test that uses one runs once for each",
  );

const entity = z.union([z.string(), z.record(text, z.string())]);
const entities = z.record(text, z.array(entity)).describe("By type: any identifier of each entity, or several by name");

const alert = z.strictObject({
  title: z.string().optional(),
  description: z.string().optional(),
  severity: z.string().optional(),
  tactics: z.array(z.string()).optional(),
  techniques: z.array(z.string()).optional(),
  entities: entities.optional(),
  details: z.record(text, z.union([z.string(), strings])).optional(),
  rows: z.int().min(1).optional(),
});

const alertCount = z.union([z.boolean(), comparison]);

export const expectationSchema = z
  .strictObject({
    count: comparison.optional().describe("How many rows"),
    alert: z
      .union([alertCount, z.strictObject({ when: text, else: alertCount.optional() })])
      .optional()
      .describe("Whether there is an alert, or how many; `when` is KQL over the values of the matrix"),
    alerts: z.array(alert).optional().describe("The alerts, in any order; only what is named is compared"),
    rows: z
      .union([
        rows,
        z.strictObject({
          match: z.enum(["equal", "subset"]).optional().describe("subset: there may be other rows"),
          order: z.enum(["auto", "any", "sorted"]).optional().describe("auto: sorted when the query sorts"),
          within: z.number().positive().optional().describe("How far reals may be off; 1e-9 when absent"),
          equal: rows,
        }),
      ])
      .optional()
      .describe("The rows; only the columns that a row names are compared"),
    columns: z
      .union([strings, z.strictObject({ equal: strings.optional(), contains: strings.optional() })])
      .optional()
      .describe("`Name` or `Name:type`: all columns in order, or `contains` some"),
    all: texts.optional().describe("A KQL predicate that holds for every row"),
    assert: texts.optional().describe("A KQL pipeline over `input`, the result, that leaves a row"),
    snapshot: z.literal(true).optional().describe("The result is that of the snapshot file"),
    sort: z.array(text).min(1).optional().describe("The columns that the snapshot is sorted by"),
    error: z
      .union([text, z.strictObject({ code: text.optional(), message: text.optional() })])
      .optional()
      .describe("The code of the first error, and a part of what it says or a /pattern/"),
    entities: entities.optional(),
    severity: z.string().optional(),
  })
  .refine((given) => Object.keys(given).length > 0, { error: "at least one expectation" });

const test = z.strictObject({
  name: text,
  note: z.string().optional(),
  ...inputs,
  matrix: matrix.optional(),
  expect: expectationSchema,
  known_gap: text.optional().describe("The test shows what the detection misses, and why that is known"),
  skip: z.union([z.boolean(), text]).optional().describe("Not run; a text says why"),
});

export const specSchema = z
  .strictObject({
    query: text.describe("rule.kql, rule.yaml, page.md#1 or page.md#heading, relative to this file"),
    schema: z
      .union([text, z.strictObject({ file: text, extends: text.optional() })])
      .optional()
      .describe("defender-xdr, sentinel, unified, or a JSON file of tables: their columns and types"),
    mode: z.enum(["query", "rule"]).optional().describe("rule: as Sentinel runs it, over its window, to alerts"),
    ...inputs,
    defaults: z.strictObject(inputs).optional(),
    matrix: matrix.optional(),
    coverage: percentage
      .optional()
      .describe("How many percent of the conditions and operators of the query the tests reach at least"),
    mutation: percentage.optional().describe("How many percent of the changes to the query some test notices at least"),
    tests: z.array(test).min(1),
  })
  .meta({ title: "kqlite test", description: "Tests of a KQL query or detection rule, for `kqlite test`" });

export type Spec = z.infer<typeof specSchema>;
export type SpecTest = z.infer<typeof test>;
export type SpecInputs = Pick<Spec, keyof typeof inputs>;
export type Expectation = z.infer<typeof expectationSchema>;
export type ExpectedAlert = z.infer<typeof alert>;
export type ExpectedEntities = z.infer<typeof entities>;
export type GeneratedRows = z.infer<typeof generated>;
export type GivenRow = z.infer<typeof row>;
export type ScalarValue = z.infer<typeof scalar>;
export type AlertCount = z.infer<typeof alertCount>;
