import { describe, expect, test } from "vitest";
import { parseSchemaFile } from "../../src/readers/schema-file.ts";
import { failure, schemaOf } from "./support.ts";

const help = 'a schema reads { "columns": [{ "name": "Port", "type": "int" }] }, or { "Port": "int" }';

describe("a schema file", () => {
  test("lists columns, or names them", () => {
    const expected = schemaOf("Port:int, At:datetime");
    const list = '{"columns":[{"name":"Port","type":"int"},{"name":"At","type":"datetime"}]}';
    expect(parseSchemaFile("T.schema.json", list)).toEqual(expected);
    expect(parseSchemaFile("T.schema.json", '\ufeff{"Port":"int","At":"datetime"}')).toEqual(expected);
  });

  test("takes Kusto's other names of types, and a column that is called `columns`", () => {
    expect(parseSchemaFile("T.schema.json", '{"columns":"double","b":"boolean","t":"time"}')).toEqual(
      schemaOf("columns:real, b:bool, t:timespan"),
    );
  });

  test.each<[string, string]>([
    ["", "it is not JSON: Unexpected end of JSON input"],
    ['{"a":"int",\n  b:1}', "it is not JSON: Expected double-quoted property name at line 2, column 3"],
    ["[]", "an object is expected"],
    ["{}", "it declares no column"],
    ['{"columns":[]}', "it declares no column"],
    ['{"columns":[1]}', "an object with `name` and `type` is expected at `columns[0]`"],
    ['{"columns":[{"type":"int"}]}', "the name of the column is missing at `columns[0]`"],
    ['{"columns":[{"name":"a"}]}', "the type of the column is missing at `columns[0]`"],
    [
      '{"columns":[{"name":"a","type":"int","nullable":true}]}',
      "the property `nullable` at `columns[0]` has no meaning",
    ],
    ['{"columns":[{"name":"a","type":"int"},{"name":"a","type":"int"}]}', "it declares the column `a` twice"],
    ['{"columns":[],"name":"T"}', "the property `name` has no meaning beside `columns`"],
    ['{"a":5}', "the type of the column is missing at `a`"],
    ['{"":"int"}', "the name of the column is missing at ``"],
  ])("is refused when it reads %s", async (text, why) => {
    expect(await failure(() => parseSchemaFile("T.schema.json", text))).toBe(`KQ330: T.schema.json: ${why}\n${help}`);
  });

  test("is refused when a type is not known", async () => {
    expect(await failure(() => parseSchemaFile("T.schema.json", '{"a":"itn"}'))).toBe(
      "KQ331: T.schema.json: the type `itn` of the column `a` is not known\na type with a similar name exists: `int`",
    );
  });
});
