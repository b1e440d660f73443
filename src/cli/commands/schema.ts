import { columnReason, schemaSummary } from "../../diagnostics/catalogue/usage.ts";
import { openTableFile, tableFile } from "../../node/files.ts";
import { exitCode } from "../exit.ts";
import { print } from "../terminal.ts";

export interface SchemaOptions {
  /** The table that the file stands for. */
  readonly table?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Says which columns a data file has, and why they have their types. Looks at all of its rows. */
export async function schema(path: string, { table, json }: SchemaOptions): Promise<number> {
  const { format, reasons, sampled } = await openTableFile(await tableFile(path, table), { sample: "all" });
  if (json) {
    const lines = reasons.map(({ name, type }) => `    ${JSON.stringify({ name, type })}`);
    await print([`{\n  "columns": [\n${lines.join(",\n")}\n  ]\n}\n`]);
    return exitCode.ok;
  }
  const nameWidth = Math.max(...reasons.map(({ name }) => name.length));
  const typeWidth = Math.max(...reasons.map(({ type }) => type.length));
  await print([
    `${schemaSummary(path, format, reasons.length, sampled)}\n`,
    ...reasons.map((reason) => {
      return `  ${reason.name.padEnd(nameWidth)}  ${reason.type.padEnd(typeWidth)}  ${columnReason(reason)}\n`;
    }),
  ]);
  return exitCode.ok;
}
