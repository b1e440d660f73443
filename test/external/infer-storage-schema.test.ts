import { copyFileSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync, strToU8, zipSync } from "fflate";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { pin } from "../../src/cli/commands/pin.ts";
import { createDatabase } from "../../src/engine/database.ts";
import { type ExternalOptions, externalTable } from "../../src/engine/external.ts";
import { rowsOf } from "../../src/engine/rows.ts";
import { checkQuery } from "../../src/lint/check.ts";
import { assumedSchema } from "../../src/lint/known-schemas.ts";
import { externalResolver } from "../../src/node/externals.ts";
import { readLock } from "../../src/node/lock.ts";
import { schemaPack } from "../../src/readers/catalogue/packs.ts";
import { failure } from "../readers/support.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kqlite-"));
});

function write(name: string, data: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, data);
  return path;
}

const call = (options: object) => `evaluate infer_storage_schema(dynamic(${JSON.stringify(options)}))`;

async function inferred(text: string, options: ExternalOptions): Promise<unknown> {
  const external = (request: Parameters<typeof externalTable>[0]) => externalTable(request, options);
  const { results } = await createDatabase({ external, clock: () => 0n }).query(text);
  return results.flatMap(rowsOf);
}

const fromFile = (url: string, path: string): ExternalOptions => ({
  resolve: externalResolver({ files: new Map([[url, path]]) }),
});

describe("the columns of a file", () => {
  const container = "https://account.blob.core.windows.net/events";

  test("of Parquet are those that it states", async () => {
    const path = join(folder, "part-0.parquet");
    copyFileSync(new URL("../readers/fixtures/types.parquet", import.meta.url), path);
    const text = call({
      StorageContainers: [`${container};secretKey`],
      FileExtension: ".parquet",
      FileNamePrefix: "part-",
      DataFormat: "parquet",
    });
    expect(await inferred(text, fromFile(container, path))).toEqual([
      [
        "id:int, bool:bool, ['int8']:int, ['int16']:int, ['int32']:int, ['int64']:long, ['uint8']:int, " +
          "['uint16']:int, ['uint32']:long, ['uint64']:long, f32:real, f64:real, text:string, bytes:string, " +
          "dec4:decimal, dec8:decimal, dec16:decimal, day:datetime, micros:datetime, seconds:datetime, " +
          "millis:datetime, nanos:datetime, zoned:datetime, clock:timespan, guid:guid, json:dynamic",
      ],
    ]);
  });

  test.each<[string, Uint8Array, string]>([
    ["a.json.gz", gzipSync(strToU8('{"a":1,"b":{"c":2}}\n')), "a:long, b:dynamic"],
    // What an archive holds is one table.
    ["a.zip", zipSync({ "x.json": strToU8('{"a":1}'), "y.json": strToU8('{"a":1.5,"b":"t"}') }), "a:real, b:string"],
  ])("%s are those of what is packed in it", async (name, data, schema) => {
    const url = `https://host/${name}`;
    const text = call({ StorageContainers: [url], DataFormat: "json" });
    expect(await inferred(text, fromFile(url, write(name, data)))).toEqual([[schema]]);
  });

  test("are not those of a known table of its name", async () => {
    const url = "https://host/SigninLogs.json";
    const text = call({ StorageContainers: [url], DataFormat: "json" });
    const options = fromFile(url, write("SigninLogs.json", '{"TimeGenerated":"none","Category":7}'));
    expect(await inferred(text, options)).toEqual([["TimeGenerated:string, Category:long"]]);
  });

  test("have names as a declaration spells them", async () => {
    const url = "https://host/names.csv";
    const text = call({
      StorageContainers: [url],
      DataFormat: "csv",
      InferenceOptions: { UseFirstRowAsHeader: true },
    });
    const options = fromFile(url, write("names.csv", "title,by,user name,it's,1st,Kind\n1,2,3,4,5,6\n"));
    const [[schema] = []] = (await inferred(text, options)) as string[][];
    expect(schema).toBe("title:long, ['by']:long, ['user name']:long, ['it\\'s']:long, ['1st']:long, Kind:long");
    const { results } = await createDatabase({ clock: () => 0n }).query(`datatable(${schema}) []`);
    expect(results[0]?.schema).toHaveLength(6);
  });

  test("are an error where there are no records", async () => {
    const url = "https://host/empty.json";
    const text = call({ StorageContainers: [url], DataFormat: "json" });
    expect(await failure(() => inferred(text, fromFile(url, write("empty.json", ""))))).toMatch(/^KQ332/);
  });
});

describe("the files", () => {
  test("are found where those of externaldata are: not without a pin, a file or a host that is allowed", async () => {
    const text = call({ StorageContainers: ["https://host/a.json"], DataFormat: "json" });
    expect(await failure(() => inferred(text, {}))).toMatch(/^KQ354: the external data at `https:\/\/host\/a.json`/);
    const resolve = externalResolver({ network: { hosts: ["elsewhere"] } });
    expect(await failure(() => inferred(text, { resolve }))).toMatch(/^KQ357/);
  });

  test("are pinned", async () => {
    const data = write("data.json", '{"a":1}\n');
    const other = write("other.json", '{"b":true}\n');
    const options = `let options = dynamic({'StorageContainers': [h@'${data}'], 'DataFormat': 'json'});`;
    const literal = call({ StorageContainers: [other], DataFormat: "json" });
    const query = write("q.kql", `${options}\nevaluate infer_storage_schema(options);\n${literal}`);
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    expect(await pin(query, { allowNet: [] })).toBe(0);
    expect(said).toHaveBeenCalledWith(expect.stringMatching(/^pinned 2 addresses/));
    said.mockRestore();
    const lock = await readLock(join(folder, "kqlite.lock.json"));
    const text = `${options} evaluate infer_storage_schema(options)`;
    expect(await inferred(text, { resolve: externalResolver({ lock }) })).toEqual([["a:long"]]);
    expect(await inferred(literal, { resolve: externalResolver({ lock }) })).toEqual([["b:bool"]]);
  });

  test("that a query computes are not pinned", async () => {
    const query = write("q.kql", "evaluate infer_storage_schema(bag_pack('StorageContainers', pack_array('a.json')))");
    await expect(pin(query, { allowNet: [] })).rejects.toThrow();
  });
});

test("a query is checked without its files", async () => {
  const text = `${call({ StorageContainers: ["https://host/a.json"], DataFormat: "json" })} | project CslSchema, b`;
  const found = await checkQuery({ text, file: "q.kql" }, assumedSchema(schemaPack("unified")));
  expect(found.map(({ diagnostic }) => `${diagnostic.code} ${diagnostic.message}`)).toEqual([
    expect.stringMatching(/^KS142 .*`b`/),
  ]);
});
