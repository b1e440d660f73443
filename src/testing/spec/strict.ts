import * as problem from "../../diagnostics/catalogue/specs.ts";
import type { Diagnostic } from "../../diagnostics/diagnostic.ts";
import type { SpecCase } from "./cases.ts";
import { asksForTime, type LoadedQuery } from "./query.ts";
import type { SpecFile } from "./read.ts";
import type { Schemas } from "./schemas.ts";

/** What a case leaves to chance: the time, the types of a table. */
export function strictFaults(
  specCase: SpecCase,
  { document }: LoadedQuery,
  { columnsOf }: Schemas,
  file: SpecFile,
): readonly Diagnostic[] {
  const guessed = [...specCase.tables].filter(([name, { kind }]) => kind !== "file" && !columnsOf(name));
  const untimed = specCase.now === undefined && asksForTime(document.text);
  return [
    ...(untimed ? [problem.strictNow(file.valueAt([...specCase.path, "name"]))] : []),
    ...guessed.map(([name, { path }]) => problem.strictTable(file.keyAt(path), name)),
  ];
}
