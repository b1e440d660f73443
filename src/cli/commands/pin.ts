import { dirname } from "node:path";
import * as usage from "../../diagnostics/catalogue/usage.ts";
import { KqlError } from "../../diagnostics/diagnostic.ts";
import type { QueryDocument } from "../../documents/document.ts";
import { findLock } from "../../node/lock.ts";
import { pin as pinAll } from "../../node/pin.ts";
import type { ExternalData } from "../../parser/ast.ts";
import { parse } from "../../parser/parse.ts";
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
  return externalsIn(tree).flatMap(({ uris }) =>
    uris.map((uri) => {
      if (uri.kind === "Literal" && typeof uri.value === "string") return uri.value;
      throw new InDocument(new KqlError(usage.computedAddress(uri.span)), document);
    }),
  );
}

function externalsIn(node: unknown): readonly ExternalData[] {
  if (typeof node !== "object" || node === null) return [];
  const inside = (Array.isArray(node) ? node : Object.values(node)).flatMap(externalsIn);
  return "kind" in node && node.kind === "ExternalData" ? [node as ExternalData, ...inside] : inside;
}
