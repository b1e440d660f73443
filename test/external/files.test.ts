import { mkdirSync, mkdtempSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, test } from "vitest";
import { fileInput, openTableFile, tableFile, tablesIn } from "../../src/node/files.ts";
import { failure, schemaOf, textsOf } from "../readers/support.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "kqlite-"));
});

function write(name: string, text: string | Uint8Array = "a\n1\n"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("a file", () => {
  test("is read in pieces", async () => {
    const input = await fileInput(write("t.csv", "hello world"));
    expect(input.size).toBe(11);
    expect(Buffer.from(await input.slice(6, 11)).toString()).toBe("world");
    expect((await input.slice(3, 3)).length).toBe(0);
  });

  test("that is not there, or is none, is refused", async () => {
    const missing = join(folder, "missing.csv");
    expect(await failure(() => fileInput(missing))).toBe(`KQ340: there is no file \`${missing}\``);
    expect(await failure(() => fileInput(folder))).toBe(`KQ341: the file \`${folder}\` cannot be read: it is a folder`);
    expect(await failure(() => fileInput("/dev/null"))).toBe(
      "KQ341: the file `/dev/null` cannot be read: it is not a regular file",
    );
  });

  test("that changes while it is read is refused", async () => {
    const path = write("t.csv", "hello");
    const input = await fileInput(path);
    writeFileSync(path, "hello world");
    expect(await failure(() => input.slice(0, 5))).toBe(`KQ341: the file \`${path}\` has changed while it was read`);
    const other = await fileInput(path);
    utimesSync(path, new Date(0), new Date(0));
    expect(await failure(() => other.slice(0, 5))).toMatch(/^KQ341/);
  });
});

describe("a folder", () => {
  test("has a table for each data file", async () => {
    write("B.csv.gz", gzipSync("a\n1\n"));
    write("A.json", "[]");
    write("A.schema.json", '{"x":"int"}');
    write("C.parquet");
    write("my-table.txt");
    for (const other of ["README.md", "query.kql", ".hidden.csv", "kqlite.lock.json", "image.png"]) write(other);
    mkdirSync(join(folder, "sub.csv"));
    expect(await tablesIn(folder)).toEqual([
      { table: "A", path: join(folder, "A.json"), schemaPath: join(folder, "A.schema.json") },
      { table: "B", path: join(folder, "B.csv.gz"), schemaPath: undefined },
      { table: "C", path: join(folder, "C.parquet"), schemaPath: undefined },
      { table: "my-table", path: join(folder, "my-table.txt"), schemaPath: undefined },
    ]);
  });

  test("with two files for one table is refused", async () => {
    const first = write("T.csv");
    const second = write("T.json", "[]");
    expect(await failure(() => tablesIn(folder))).toBe(
      `KQ343: the files \`${first}\` and \`${second}\` both want to be the table \`T\`\n` +
        "the name of a file is the name of its table: rename one, or give it with `-t NAME=FILE`",
    );
  });

  test("with a schema for no table is refused", async () => {
    const path = write("T.schema.json", '{"a":"int"}');
    expect(await failure(() => tablesIn(folder))).toBe(`KQ344: there is no data beside the schema \`${path}\``);
  });

  test("that is none is refused", async () => {
    const path = write("t.csv");
    expect(await failure(() => tablesIn(path))).toBe(`KQ342: \`${path}\` is not a folder`);
    expect(await failure(() => tablesIn(join(folder, "x")))).toMatch(/^KQ340/);
    symlinkSync(join(folder, "nowhere"), join(folder, "link.csv"));
    expect(await failure(() => tablesIn(folder))).toMatch(/^KQ340: there is no file `.*link\.csv`/);
  });
});

describe("a table", () => {
  test("has the schema beside its file", async () => {
    const path = write("T.csv", "a,b\n1,2\n");
    write("T.schema.json", '{"b":"string","a":"int"}');
    const table = await openTableFile(await tableFile(path));
    expect(table.schema).toEqual(schemaOf("b:string, a:int"));
    expect(await textsOf(table)).toEqual(["2 | 1"]);
    expect((await tableFile(path, "Other")).schemaPath).toBe(join(folder, "T.schema.json"));
    write("Other.schema.json", '{"a":"real","b":"real"}');
    expect((await openTableFile(await tableFile(path, "Other"))).schema).toEqual(schemaOf("a:real, b:real"));
  });

  test("is known by its name", async () => {
    const path = write("export.csv", "RemotePort\n443\n");
    expect((await openTableFile(await tableFile(path))).schema).toEqual(schemaOf("RemotePort:long"));
    expect((await openTableFile(await tableFile(path, "DeviceNetworkEvents"))).schema).toEqual(
      schemaOf("RemotePort:int"),
    );
  });

  test("may be packed", async () => {
    const table = await openTableFile(await tableFile(write("T.csv.gz", gzipSync("a\n1\n"))));
    expect(await textsOf(table)).toEqual(["1"]);
  });

  test("says where its file is when something does not fit", async () => {
    const path = write("T.csv", "a\n1\n");
    write("T.schema.json", '{"a":"datetime"}');
    const rows = async () => textsOf(await openTableFile(await tableFile(path)));
    expect(await failure(rows)).toBe(
      `KQ314: ${path}:2:1: the column \`a\` expects a datetime, found \`1\`\nthe schema file declares this type`,
    );
  });
});
