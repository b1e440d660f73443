import { parseDatetime } from "../data/datetime.ts";
import { type Field, type Schema, typeNamed } from "../data/types.ts";
import * as usage from "../diagnostics/catalogue/usage.ts";

/** A table of a request. */
export interface RequestTable {
  readonly name: string;
  readonly path: string;
  readonly schema: Schema | undefined;
}

export interface Request {
  readonly query: string;
  readonly tables: readonly RequestTable[];
  readonly now: bigint | undefined;
  readonly parameters: ReadonlyMap<string, string>;
}

/** Thrown for a line that is no request; the message begins with a code. */
export class BadRequest extends Error {}

function bad(why: string): never {
  throw new BadRequest(usage.badRequest(why));
}

type JsonObject = Readonly<Record<string, unknown>>;

function objectOf(value: unknown, what: string): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) bad(`${what} is not an object`);
  return value as JsonObject; // checked above
}

function textOf(value: unknown, what: string): string {
  return typeof value === "string" ? value : bad(`${what} is not a string`);
}

const decoder = new TextDecoder("utf-8", { fatal: true });

/** The object of a line. Throws `BadRequest`. */
export function parseLine(line: Uint8Array): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(decoder.decode(line));
  } catch {
    bad("it is not JSON");
  }
  return objectOf(value, "it");
}

/** Reads what a request says. Members that it does not know are the sender's own business. Throws `BadRequest`. */
export function requestOf({ query, tables, now, parameters }: JsonObject): Request {
  return {
    query: textOf(query, "`query`"),
    tables: Object.entries(objectOf(tables ?? {}, "`tables`")).map(([name, table]) => tableOf(name, table)),
    now: nowOf(now ?? undefined),
    parameters: new Map(
      Object.entries(objectOf(parameters ?? {}, "`parameters`")).map(([name, value]) => [
        name,
        parameterOf(name, value),
      ]),
    ),
  };
}

function tableOf(name: string, value: unknown): RequestTable {
  const { path, schema } = objectOf(value, `the table \`${name}\``);
  return {
    name,
    path: textOf(path, `the \`path\` of the table \`${name}\``),
    schema: schema === undefined || schema === null ? undefined : schemaOf(name, schema),
  };
}

function schemaOf(table: string, value: unknown): Schema {
  if (!Array.isArray(value)) bad(`the \`schema\` of the table \`${table}\` is not an array`);
  return value.map((column: unknown): Field => {
    const { name: given, type } = objectOf(column, `a column of the table \`${table}\``);
    const name = textOf(given, `the \`name\` of a column of the table \`${table}\``);
    const word = textOf(type, `the \`type\` of the column \`${name}\``);
    return { name, type: typeNamed(word) ?? bad(`\`${word}\`, of the column \`${name}\`, is not a type`) };
  });
}

function nowOf(value: unknown): bigint | undefined {
  if (value === undefined) return undefined;
  const text = textOf(value, "`now`");
  return parseDatetime(text) ?? bad(`\`now\` is not a datetime: \`${text}\``);
}

/** Text as it is, other values as their JSON. */
function parameterOf(name: string, value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    bad(`the parameter \`${name}\` has more digits than JSON numbers keep: give it as a string`);
  }
  return JSON.stringify(value);
}
