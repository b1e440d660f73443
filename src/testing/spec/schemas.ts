import type { Schema } from "../../data/types.ts";
import * as problem from "../../diagnostics/catalogue/specs.ts";
import { isPackName, packNames } from "../../readers/catalogue/pack-names.ts";
import { type Pack, schemaPack } from "../../readers/catalogue/packs.ts";
import { commonWords } from "../../readers/catalogue/workspace.ts";
import { parseTableDefinitions } from "../../readers/table-definitions.ts";
import { SpecFault } from "./fault.ts";
import type { Spec } from "./model.ts";
import type { SpecFile } from "./read.ts";
import type { Path } from "./yaml.ts";

/** The columns of the tables that a spec knows. */
export interface Schemas {
  readonly columnsOf: (table: string) => KnownColumns | undefined;
  /**
   * Tables that are there even when no test gives them rows: those of a schema that the spec names, without the unusual
   * ones that the text of the query does not name.
   */
  readonly present: (query: string) => readonly string[];
}

export interface KnownColumns {
  readonly schema: Schema;
  /** A schema file of the user says so: it is complete. The packs may lag behind the products. */
  readonly declared: boolean;
}

/** `defender-xdr` is the pack `xdr` by its long name. */
const longName = "defender-xdr";

/** The schemas of `schema:`; without it types are known, but no table is there that has no rows. */
export async function schemasFor(
  { spec, valueAt }: SpecFile,
  read: (path: string) => Promise<string>,
): Promise<Schemas> {
  const given = spec.schema;
  if (given === undefined) {
    const { columnsOf } = await schemasOf("unified", read);
    return { columnsOf: (table) => (commonWords.has(table) ? undefined : columnsOf(table)), present: () => [] };
  }
  try {
    return await schemasOf(given, read);
  } catch (thrown) {
    if (!(thrown instanceof UnknownPack)) throw thrown;
    const path: Path = typeof given === "object" ? ["schema", "extends"] : ["schema"];
    throw new SpecFault(problem.unknownPack(valueAt(path), thrown.message, [longName, ...packNames]));
  }
}

class UnknownPack extends Error {}

async function schemasOf(
  given: NonNullable<Spec["schema"]>,
  read: (path: string) => Promise<string>,
): Promise<Schemas> {
  if (typeof given === "object" || /\.(json|kql|csl)$/i.test(given)) {
    const { file, extends: base } = typeof given === "object" ? given : { file: given, extends: undefined };
    const own = parseTableDefinitions(file, await read(file)).tables;
    const pack = base === undefined ? undefined : packNamed(base);
    return {
      columnsOf: (table) => declared(own.get(table)) ?? known(pack?.columns(table)),
      present: (query) => [...new Set([...(pack ? presentIn(pack, query) : []), ...own.keys()])],
    };
  }
  const pack = packNamed(given);
  return { columnsOf: (table) => known(pack.columns(table)), present: (query) => presentIn(pack, query) };
}

function presentIn({ tables, usual }: Pack, query: string): readonly string[] {
  const always = new Set(usual);
  return tables.filter((table) => always.has(table) || query.includes(table));
}

function packNamed(given: string): Pack {
  const name = given === longName ? "xdr" : given;
  if (!isPackName(name)) throw new UnknownPack(name);
  return schemaPack(name);
}

function declared(schema: Schema | undefined): KnownColumns | undefined {
  return schema && { schema, declared: true };
}

function known(schema: Schema | undefined): KnownColumns | undefined {
  return schema && { schema, declared: false };
}
