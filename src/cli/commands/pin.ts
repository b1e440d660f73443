import { dirname } from "node:path";
import { type Dynamic, isArray, isBag } from "../../data/dynamic.ts";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { findLock } from "../../node/lock.ts";
import { pin as pinAll } from "../../node/pin.ts";
import type { Expr } from "../../parser/ast.ts";
import type { Query } from "../../parser/ast-statements.ts";
import { parse } from "../../parser/parse.ts";
import { walk } from "../../parser/walk.ts";
import { exitCode } from "../exit.ts";
import { readQueries } from "../queries.ts";
import { InDocument, usageError } from "../report.ts";

export interface PinOptions {
  /** Hosts that may be asked. */
  readonly allowNet: readonly string[];
}

/** Keeps copies of the external data that the queries of a file read: beside the lock file in force, or a new one. */
export async function pin(file: string, { allowNet }: PinOptions): Promise<number> {
  const { documents, path } = await readQueries(file, undefined);
  const addresses = new Set(documents.flatMap(addressesIn));
  if (addresses.size === 0) throw usageError(usage.nothingToPin(file));
  const folder = path === undefined ? "." : dirname(path);
  const known = await findLock(folder);
  const lock = await pinAll([...addresses], known ? dirname(known.path) : folder, { hosts: allowNet });
  console.error(usage.pinned(addresses.size, lock.path));
  return exitCode.ok;
}

/** The addresses that a query spells out; the query need not make sense otherwise, its tables need not be there. */
function addressesIn(document: QueryDocument): readonly string[] {
  const { tree, diagnostics } = parse(document.text);
  const [first, ...others] = diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (first) throw new InDocument(new KqlError(first, ...others), document);
  const computed = ({ span }: Expr) => new InDocument(new KqlError(usage.computedAddress(span)), document);
  const addresses: string[] = [];
  walk(tree, (node) => {
    if (node.kind === "ExternalData") {
      for (const uri of node.uris) {
        if (uri.kind !== "Literal" || typeof uri.value !== "string") throw computed(uri);
        addresses.push(uri.value);
      }
    } else if (node.kind === "Evaluate" && node.call.name.name === "infer_storage_schema") {
      for (const argument of node.call.args) {
        const found = containersIn(argument, tree);
        if (!found) throw computed(argument);
        addresses.push(...found);
      }
    }
  });
  return addresses;
}

/** The addresses in the options of `infer_storage_schema`, which may have a name; undefined where they are computed. */
function containersIn(argument: Expr, { statements }: Query): readonly string[] | undefined {
  const named = (name: string) => {
    const lets = statements.filter((statement) => statement.kind === "Let" && statement.name.name === name);
    const [only, other] = lets;
    return only?.kind === "Let" && !other ? only.value : undefined;
  };
  const value = argument.kind === "Name" ? named(argument.name) : argument;
  if (value?.kind !== "Literal" || value.type !== "dynamic") return undefined;
  const bag = value.value as Dynamic; // its type says so
  const containers = isBag(bag) ? (bag.get("StorageContainers") ?? null) : null;
  return isArray(containers) ? containers.filter((one) => typeof one === "string") : undefined;
}
