import { describe, expect, test } from "vitest";
import { parseTableDefinitions } from "../../src/readers/table-definitions.ts";
import { failure, schemaOf } from "./support.ts";

describe("tables of a file", () => {
  test("of commands", () => {
    const text = `// the tables
.create table Events (At: datetime, ['odd name']:string, Port:int32) with (docstring = "x")

.create-merge table ['My Table'] (a:dynamic) // with a comment
.create tables
  A (x:long),
  B (y:real, z:double)

.create function f() { T }
.create-or-alter function with (folder = "x") ['My Function'](a:long) { T | where x == a }
`;
    const { tables, functions } = parseTableDefinitions("tables.kql", text);
    expect([...functions]).toEqual(["f", "My Function"]);
    expect([...tables]).toEqual([
      ["Events", [...schemaOf("At:datetime"), { name: "odd name", type: "string" }, ...schemaOf("Port:int")]],
      ["My Table", schemaOf("a:dynamic")],
      ["A", schemaOf("x:long")],
      ["B", schemaOf("y:real, z:real")],
    ]);
  });

  test("of `.show database schema as json`, as the command answers or as it is", () => {
    const column = (name: string, type: string, kusto: string) => ({ Name: name, Type: type, CslType: kusto });
    const schema = {
      Databases: {
        Db: {
          Name: "Db",
          Tables: {
            T: {
              Name: "T",
              OrderedColumns: [column("a", "System.String", "string"), column("b", "System.SByte", "bool")],
            },
          },
          Functions: { F: { Name: "F", Body: "{ T }" } },
        },
      },
    };
    const expected = [["T", schemaOf("a:string, b:bool")]];
    const parsed = parseTableDefinitions("s.json", JSON.stringify(schema));
    expect([...parsed.tables]).toEqual(expected);
    expect([...parsed.functions]).toEqual(["F"]);
    const answer = { Tables: [{ TableName: "Table_0", Columns: [], Rows: [[JSON.stringify(schema)]] }] };
    expect([...parseTableDefinitions("s.json", JSON.stringify(answer)).tables]).toEqual(expected);
  });

  test("of .NET's types alone, as in the repository of Microsoft Sentinel", () => {
    const properties = [
      { Name: "TimeGenerated", Type: "DateTime" },
      { Name: "n", Type: "Int64" },
      { Name: "o", Type: "Object" },
    ];
    const text = JSON.stringify({ Name: "X_CL", Properties: properties });
    expect([...parseTableDefinitions("X_CL.json", text).tables]).toEqual([
      ["X_CL", schemaOf("TimeGenerated:datetime, n:long, o:dynamic")],
    ]);
  });

  test("of `T.schema.json`: the one", () => {
    expect([...parseTableDefinitions("a/T.schema.json", '{"a":"int"}').tables]).toEqual([["T", schemaOf("a:int")]]);
  });

  test.each<[string, string, string]>([
    ["t.kql", "print 1", "KQ330: t.kql: it declares no table"],
    ["t.kql", ".create table T (a:string", "the columns of the table `T` have no closing parenthesis"],
    ["t.kql", ".create table T (a)", "in the table `T`, `a` is not a column: `name:type` is expected"],
    ["t.kql", ".create table T (a:string, a:long)", "it declares the column `a` twice"],
    ["t.kql", ".create table T (a:strin)", "KQ331: t.kql: the type `strin` of the column `a` is not known"],
    ["t.json", "{}", "KQ330: t.json: it declares no table"],
    ["t.json", "{", "KQ330: t.json: it is not JSON"],
  ])("%s is refused when it reads %s", async (name, text, why) => {
    expect(await failure(() => parseTableDefinitions(name, text))).toContain(why);
  });
});
