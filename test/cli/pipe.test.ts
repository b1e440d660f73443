import { beforeAll, describe, expect, test } from "vitest";
import { folderWith, kqlite } from "../support/cli.ts";

let folder: string;

beforeAll(async () => {
  folder = await folderWith({ "T.csv": "a,b\n1,x\n9007199254740993,y\n", "U.ndjson": '{"a":1}\n{"a":2.5}\n' });
});

/** The lines that answer these requests. */
async function answers(...requests: readonly (string | object)[]): Promise<readonly string[]> {
  const input = requests.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");
  const { code, stdout, stderr } = await kqlite(["pipe"], { cwd: folder, input });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return stdout.split("\n").slice(0, -1);
}

const long = (name: string) => ({ name, type: "long" });

describe("kqlite pipe", () => {
  test("answers in order, each with its id", async () => {
    const tables = { T: { path: "T.csv", schema: [long("a"), { name: "b", type: "string" }] } };
    expect(
      await answers(
        { id: 1, query: "T | count", tables },
        { id: "two", query: "T | project a", tables },
        { id: { any: ["json"] }, query: "print x = 1" },
      ),
    ).toEqual([
      '{"id":1,"columns":[{"name":"Count","type":"long"}],"rows":[[2]]}',
      '{"id":"two","columns":[{"name":"a","type":"long"}],"rows":[[1],[9007199254740993]]}',
      '{"id":{"any":["json"]},"columns":[{"name":"x","type":"long"}],"rows":[[1]]}',
    ]);
  });

  test("values of every type", async () => {
    const query = `print a = true, b = int(1), c = 9223372036854775807, d = 1.5, e = real(nan), f = real(-inf),
      g = decimal(1.10), h = datetime(2015-01-01 01:01:01.0000001), i = 1d + 1tick,
      j = guid(74BE27DE-1E4E-49D9-B579-FE0B331D3642), k = "q\\"\\n", l = dynamic({"a":[1,2.0,"x",null]})`;
    const [line = ""] = await answers({ id: 1, query });
    expect(line.slice(line.indexOf('"rows":'))).toBe(
      '"rows":[[true,1,9223372036854775807,1.5,"NaN","-Infinity","1.1","2015-01-01T01:01:01.0000001Z",' +
        '"1.00:00:00.0000001","74be27de-1e4e-49d9-b579-fe0b331d3642","q\\"\\n",{"a":[1,2.0,"x",null]}]]}',
    );
  });

  test("nulls are null, of a string the empty string", async () => {
    const [line] = await answers({ id: 1, query: 'print a = long(null), b = dynamic(null), c = bool(null), d = ""' });
    expect(line).toContain('"rows":[[null,null,null,""]]');
  });

  test("several results, and none", async () => {
    expect(await answers({ id: 1, query: "print a = 1; print b = 2; print c = 3 | take 0" })).toEqual([
      '{"id":1,"columns":[{"name":"a","type":"long"}],"rows":[[1]],"more":[' +
        '{"columns":[{"name":"b","type":"long"}],"rows":[[2]]},{"columns":[{"name":"c","type":"long"}],"rows":[]}]}',
    ]);
  });

  test("now and parameters", async () => {
    expect(
      await answers(
        { id: 1, query: "print t = now()", now: "2020-01-01T00:00:00Z" },
        {
          id: 2,
          query: "declare query_parameters(p:long, d:dynamic); print x = p, y = d",
          parameters: { p: 5, d: [1] },
        },
      ),
    ).toEqual([
      '{"id":1,"columns":[{"name":"t","type":"datetime"}],"rows":[["2020-01-01T00:00:00.0000000Z"]]}',
      '{"id":2,"columns":[{"name":"x","type":"long"},{"name":"y","type":"dynamic"}],"rows":[[5,[1]]]}',
    ]);
  });

  test("a schema may be left out", async () => {
    const [line] = await answers({ id: 1, query: "U", tables: { U: { path: "U.ndjson" } } });
    expect(line).toBe('{"id":1,"columns":[{"name":"a","type":"real"}],"rows":[[1.0],[2.5]]}');
  });

  test("errors begin with a code, and end nothing", async () => {
    const [bad, table, external, file, ok] = await answers(
      { id: 1, query: "T | whre a" },
      { id: 2, query: "T" },
      { id: 3, query: "externaldata(a:long)['https://example.com/x.csv']" },
      { id: 4, query: "T", tables: { T: { path: "none.csv" } } },
      { id: 5, query: "print x = 1" },
    );
    expect(bad).toMatch(/^\{"id":1,"error":"KS176: /);
    expect(table).toMatch(/^\{"id":2,"error":"KS\d+: /);
    expect(external).toMatch(/^\{"id":3,"error":"KQ354: /);
    expect(file).toMatch(/^\{"id":4,"error":"KQ340: /);
    expect(ok).toBe('{"id":5,"columns":[{"name":"x","type":"long"}],"rows":[[1]]}');
  });

  test.each([
    ["nonsense", "null"],
    ["[1]", "null"],
    ["null", "null"],
    ['{"id":7}', "7"],
    ['{"id":7,"query":1}', "7"],
    ['{"id":7,"query":"T","tables":[]}', "7"],
    ['{"id":7,"query":"T","tables":{"T":{}}}', "7"],
    ['{"id":7,"query":"T","tables":{"T":{"path":"T.csv","schema":{"a":"long"}}}}', "7"],
    ['{"id":7,"query":"T","tables":{"T":{"path":"T.csv","schema":[{"name":"a","type":"text"}]}}}', "7"],
    ['{"id":7,"query":"print 1","now":"noon"}', "7"],
    ['{"id":7,"query":"print 1","parameters":{"p":9007199254740993}}', "7"],
  ])("a line that is no request: %s", async (line, id) => {
    expect(await answers(line)).toEqual([expect.stringMatching(new RegExp(`^\\{"id":${id},"error":"KQ500: `))]);
  });

  test("empty lines are no requests; the last line needs no end", async () => {
    expect(await answers("", " ", { id: 1, query: "print x = 1" }, "")).toHaveLength(1);
    expect(await answers({ id: 1, query: "print x = 1" })).toHaveLength(1);
  });

  test("separators of Unicode inside a line do not end it", async () => {
    const [line] = await answers('{"id":1,"query":"print x = \'a\u2028b\'"}');
    expect(line).toContain("a\u2028b");
  });

  test("answers while its input is open", async () => {
    // Many requests in one go, over one table that is read once.
    const many = Array.from({ length: 200 }, (_, id) => ({
      id,
      query: `T | where a == ${id} | count`,
      tables: { T: { path: "T.csv" } },
    }));
    const lines = await answers(...many);
    expect(lines.map((line) => (JSON.parse(line) as { id: number }).id)).toEqual(many.map((each) => each.id));
  });
});
