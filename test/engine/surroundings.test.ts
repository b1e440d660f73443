import { describe, expect, test } from "vitest";
import { wireValue } from "../../src/data/text.ts";
import type { ScalarType } from "../../src/data/types.ts";
import { KqlError } from "../../src/diagnostics/diagnostic.ts";
import { renderDiagnostic } from "../../src/diagnostics/render.ts";
import { createDatabase, type DatabaseOptions } from "../../src/engine/database.ts";
import { rowsOf, tableFromRows } from "../../src/engine/rows.ts";

function table(columns: Readonly<Record<string, ScalarType>>, ...rows: readonly (readonly unknown[])[]) {
  return tableFromRows(
    Object.entries(columns).map(([name, type]) => ({ name, type })),
    rows,
  );
}

function databaseWith(options: DatabaseOptions) {
  return createDatabase({ clock: () => 0n, ...options });
}

async function answer(options: DatabaseOptions, query: string): Promise<readonly string[]> {
  const [result] = (await databaseWith(options).query(query)).results;
  if (!result) throw new Error("there is no result");
  const lines = rowsOf(result).map((row) =>
    row.map((cell, i) => wireValue(result.schema[i]?.type ?? "string", cell)).join(" "),
  );
  return [result.schema.map(({ name, type }) => `${name}:${type}`).join(" "), ...lines];
}

async function report(options: DatabaseOptions, query: string): Promise<string> {
  try {
    await databaseWith(options).query(query);
  } catch (thrown) {
    if (!(thrown instanceof KqlError)) throw thrown;
    return thrown.diagnostics.map((each) => renderDiagnostic(each, { text: query, name: "q.kql" })).join("\n");
  }
  throw new Error("it did not fail");
}

describe("watchlists", () => {
  const vip = table({ UPN: "string", Level: "string" }, ["ann@x", "1"], ["bob@x", "2"]);
  const options: DatabaseOptions = {
    watchlists: new Map([
      ["VIP", { rows: vip, searchKey: "UPN" }],
      ["Plain", { rows: async () => vip }],
      ["Whole", { rows: table({ SearchKey: "string", _DTItemId: "string" }, ["k", "id-1"]) }],
      ["Wrong", { rows: vip, searchKey: "Upn" }],
      ["Number", { rows: table({ n: "long" }, [1]), searchKey: "n" }],
    ]),
  };

  // https://learn.microsoft.com/azure/sentinel/watchlists-queries
  test("an item's ID, its last change and its search key come before the columns of the file", async () => {
    expect(
      await answer(options, "_GetWatchlist('VIP') | extend n = strlen(_DTItemId) | project-away _DTItemId"),
    ).toEqual([
      "LastUpdatedTimeUTC:datetime SearchKey:string UPN:string Level:string n:long",
      'null "ann@x" "ann@x" "1" 36',
      'null "bob@x" "bob@x" "2" 36',
    ]);
    expect(await answer(options, "_GetWatchlist('VIP') | summarize dcount(_DTItemId)")).toEqual([
      "dcount__DTItemId:long",
      "2",
    ]);
  });

  test("what the file has of them is taken as it is", async () => {
    expect(await answer(options, "_GetWatchlist('Whole')")).toEqual([
      "_DTItemId:string LastUpdatedTimeUTC:datetime SearchKey:string",
      '"id-1" null "k"',
    ]);
    expect(await answer(options, "_GetWatchlist('Plain') | getschema | summarize make_list(ColumnName)")).toEqual([
      "list_ColumnName:dynamic",
      '["_DTItemId","LastUpdatedTimeUTC","UPN","Level"]',
    ]);
  });

  test("as rules use them", async () => {
    const query = `let Vip = (_GetWatchlist("VIP") | project SearchKey);
      datatable(who:string) ["ann@x", "cid@x"] | where who in (Vip) or who in ((_GetWatchlist("VIP") | project UPN))`;
    expect(await answer(options, query)).toEqual(["who:string", '"ann@x"']);
    const join = `datatable(who:string) ["ann@x"] | join kind=inner _GetWatchlist("VIP") on $left.who == $right.SearchKey | project Level`;
    expect(await answer(options, join)).toEqual(["Level:string", '"1"']);
    expect(await answer(options, "_GetWatchlistAlias | where WatchlistAlias startswith 'V'")).toEqual([
      "WatchlistAlias:string",
      '"VIP"',
    ]);
    expect(await answer(options, "print toscalar(_GetWatchlistAlias() | count)")).toEqual(["print_0:long", "5"]);
  });

  test("one that is not given, an error says how to give", async () => {
    expect(
      await report(options, "_GetWatchlist('HighValueAssets')"),
    ).toBe(`error[KQ230]: there is no watchlist \`HighValueAssets\`
  ╭─ q.kql:1:15
1 │ _GetWatchlist('HighValueAssets')
  │               ^^^^^^^^^^^^^^^^^ not given
  = help: give its items with \`-w HighValueAssets=FILE.csv\`, or \`-w HighValueAssets:COLUMN=FILE.csv\` where COLUMN is its search key`);
    expect(await report(options, "_GetWatchlist('VIPs')")).toContain("a watchlist with a similar name exists: `VIP`");
    expect(await report(options, "_GetWatchlist()")).toContain("KS119");
    expect(await report(options, "print _GetWatchlist('VIP')")).toContain("a scalar value is expected");
    expect(await report(options, "_GetWatchlist('Plain') | project SearchKey")).toContain("`-w ALIAS:COLUMN=FILE`");
    expect(await report(options, "_GetWatchlist('Wrong')")).toContain("the watchlist `Wrong` has no column `Upn`");
    expect(await report(options, "_GetWatchlist('Number')")).toContain(
      "the search key `n` of the watchlist `Number` is long",
    );
  });
});

describe("FileProfile", () => {
  const [a, b, c] = ["a".repeat(40), "b".repeat(40), "c".repeat(64)];
  const files = table(
    { SHA1: "string", SHA256: "string", GlobalPrevalence: "long", Signer: "string" },
    [a, "", 7, "Contoso"],
    ["", c, 9, ""],
    [a, "", 8, "a second profile"],
  );
  const options: DatabaseOptions = {
    fileProfiles: files,
    tables: new Map([["E", table({ n: "long", SHA1: "string" }, [1, a.toUpperCase()], [2, b], [3, "no hash"])]]),
  };

  // https://learn.microsoft.com/defender-xdr/advanced-hunting-fileprofile-function
  test("adds the columns of the documentation that the rows do not have", async () => {
    const [header] = await answer(options, "E | invoke FileProfile()");
    expect(header).toBe(
      "n:long SHA1:string SHA256:string MD5:string FileSize:int GlobalPrevalence:int GlobalFirstSeen:datetime " +
        "GlobalLastSeen:datetime Signer:string Issuer:string SignerHash:string IsCertificateValid:bool " +
        "IsRootSignerMicrosoft:bool SignatureState:string IsExecutable:bool ThreatName:string Publisher:string " +
        "SoftwareName:string ProfileAvailability:string",
    );
  });

  test("by name, by text and by default", async () => {
    const expected = [
      "n:long GlobalPrevalence:int Signer:string ProfileAvailability:string",
      '1 7 "Contoso" "Available"',
      '2 null "" "Missing"',
      '3 null "" ""',
    ];
    for (const call of ["FileProfile()", "FileProfile(SHA1)", 'FileProfile("SHA1", 500)', "FileProfile('SHA1')"]) {
      const query = `E | invoke ${call} | project n, GlobalPrevalence, Signer, ProfileAvailability | sort by n asc`;
      expect(await answer(options, query)).toEqual(expected);
    }
  });

  test("SHA-256 finds a file too, and rows beyond the limit are not looked at", async () => {
    const query = `print InitiatingProcessSHA256 = "${c}" | invoke FileProfile(InitiatingProcessSHA256, 1000) | project GlobalPrevalence, SHA256 == InitiatingProcessSHA256`;
    expect(await answer(options, query)).toEqual(["GlobalPrevalence:int Column1:bool", "9 true"]);
    expect(
      await answer(options, "E | invoke FileProfile(SHA1, 1) | project n, ProfileAvailability | sort by n asc"),
    ).toEqual(["n:long ProfileAvailability:string", '1 "Available"', '2 ""', '3 ""']);
  });

  test("what is missing is said", async () => {
    expect(await report({ ...options, fileProfiles: undefined }, "E | invoke FileProfile(SHA1, 1000)")).toContain(
      "--file-profiles FILE.csv",
    );
    expect(await report({ ...options, fileProfiles: table({ n: "long" }) }, "E | invoke FileProfile()")).toContain(
      "needs a column `SHA1` or `SHA256`",
    );
    expect(await report(options, "E | invoke FileProfile(SHA256)")).toContain("`SHA256`");
    expect(await report(options, "E | invoke FileProfile(SHA1, 0)")).toContain("1 to 1000 records");
    expect(await report(options, "E | invoke FileProfile(SHA1, 1, 2)")).toContain("0 to 2 arguments");
  });

  test("a function of that name hides it", async () => {
    const query = "let FileProfile = (T:(n:long), c:string) { T | project n, c }; E | invoke FileProfile('x') | take 1";
    expect(await answer(options, query)).toEqual(["n:long c:string", '1 "x"']);
  });
});

describe("geo_info_from_ip_address", () => {
  const locations = table(
    { network: "string", country_name: "string", city_name: "string", latitude: "real", longitude: "real" },
    ["20.53.0.0/16", "Australia", "Sydney", -33.8715, 151.2006],
    ["20.53.203.0/24", "Australia", "Perth", -31.95, 115.86],
    ["2a03:2880::/32", "United States", "", null, null],
  );
  const of = (ip: string) => answer({ locations }, `print x = geo_info_from_ip_address('${ip}')`);

  test("is the innermost network of the table", async () => {
    expect(await of("20.53.1.1")).toEqual([
      "x:dynamic",
      '{"country":"Australia","state":"","city":"Sydney","latitude":-33.8715,"longitude":151.2006}',
    ]);
    expect((await of("20.53.203.50"))[1]).toContain("Perth");
    expect((await of("2a03:2880:f12c:83:face:b00c::25de"))[1]).toBe(
      '{"country":"United States","state":"","city":"","latitude":null,"longitude":null}',
    );
    // Not documented: an address that no network has gives null here.
    expect((await of("10.0.0.1"))[1]).toBe("null");
    expect((await of("nonsense"))[1]).toBe("null");
  });

  test("of many rows", async () => {
    const query =
      "datatable(ip:string) ['20.53.1.1', '10.1.1.1', '20.53.203.1'] | extend tostring(geo_info_from_ip_address(ip).city)";
    expect((await answer({ locations }, query)).slice(1)).toEqual([
      '"20.53.1.1" "Sydney"',
      '"10.1.1.1" ""',
      '"20.53.203.1" "Perth"',
    ]);
  });

  test("what is missing is said", async () => {
    expect(await report({}, "print geo_info_from_ip_address('1.1.1.1')")).toContain("--locations FILE.csv");
    expect(
      await report({ locations: table({ net: "string" }) }, "print geo_info_from_ip_address('1.1.1.1')"),
    ).toContain("no column `network`");
    expect(
      await report({ locations: table({ network: "string" }, ["x"]) }, "print geo_info_from_ip_address('1.1.1.1')"),
    ).toContain("`x` is not a network");
  });
});

describe("who, where and when", () => {
  const T = table({ n: "long", Timestamp: "datetime" }, [1, "2024-01-01"], [2, "2024-01-02"]);
  const identity = {
    cluster: "https://c.example",
    database: "D",
    principal: "aaduser=1;2",
    principalDetails: new Map([["UserPrincipalName", "ann@x"]]),
    memberOf: ["aadgroup=g;t"],
  };

  test("identity is what the engine is told", async () => {
    const query = `print current_cluster_endpoint(), current_database(), current_principal(), tostring(current_principal_details().UserPrincipalName),
      current_principal_is_member_of('aadgroup=g;t'), current_principal_is_member_of('x', dynamic(['y', 'z']))`;
    expect((await answer({ identity }, query))[1]).toBe('"https://c.example" "D" "aaduser=1;2" "ann@x" true false');
    expect(await report({}, "print current_principal()")).toContain("--identity principal=");
    expect(await report({}, "print current_principal_is_member_of('x')")).toContain("--identity memberOf=");
  });

  test("ingestion_time() is a column", async () => {
    const options = { tables: new Map([["T", T]]), ingestionTime: "Timestamp" };
    expect(
      await answer(options, "T | where ingestion_time() > datetime(2024-01-01) | project n, t = ingestion_time()"),
    ).toEqual(["n:long t:datetime", '2 "2024-01-02T00:00:00.0000000Z"']);
    expect(await report(options, "T | project n | where ingestion_time() > now()")).toContain(
      "the column `Timestamp`, which these rows do not have",
    );
    expect(await report({ tables: options.tables }, "T | where ingestion_time() > now()")).toContain(
      "--ingestion-time COLUMN",
    );
  });

  test("TimeGenerated of tables without one", async () => {
    const other = table({ TimeGenerated: "datetime", Timestamp: "datetime" }, ["2020-01-01", "2021-01-01"]);
    const options = {
      tables: new Map([
        ["T", T],
        ["U", other],
        ["V", table({ n: "long" }, [1])],
      ]),
      timeGenerated: "Timestamp",
    };
    expect(await answer(options, "T | where TimeGenerated > datetime(2024-01-01)")).toEqual([
      "n:long Timestamp:datetime TimeGenerated:datetime",
      '2 "2024-01-02T00:00:00.0000000Z" "2024-01-02T00:00:00.0000000Z"',
    ]);
    expect(await answer(options, "U | project TimeGenerated")).toEqual([
      "TimeGenerated:datetime",
      '"2020-01-01T00:00:00.0000000Z"',
    ]);
    expect(await answer(options, "V")).toEqual(["n:long", "1"]);
  });
});

describe("databases by the names of other services", () => {
  const databases = new Map([
    ["arg", new Map([["Resources", table({ id: "string" }, ["vm"])]])],
    ["help/Samples", new Map([["T", table({ n: "long" }, [1])]])],
  ]);
  test.each([
    ['arg("").Resources', '"vm"'],
    ['arg("").Resources | join kind=inner arg("").resources on id | project id', undefined],
    ['adx("https://help.kusto.windows.net/Samples").T', "1"],
    ['adx("help/Samples").T', "1"],
    ['cluster("https://help.kusto.windows.net").database("Samples").T', "1"],
    ['cluster("help").database("Samples").T', "1"],
  ])("%s", async (query, cell) => {
    if (cell === undefined) expect(await report({ databases }, query)).toContain("`resources`");
    else expect((await answer({ databases }, query))[1]).toBe(cell);
  });

  test("one that is not given, an error says how to give", async () => {
    expect(await report({}, 'arg("").Resources')).toContain("`--database arg=DIR`");
    expect(await report({}, 'workspace("soc").SigninLogs')).toContain("`--database soc=DIR`");
  });
});

test("functions of the Advanced Security Information Model are given like any other", async () => {
  for (const query of ["imDns", "_Im_Dns(starttime=ago(1d))", "_ASim_Authentication | take 1"]) {
    expect(await report({}, query)).toContain("--functions");
  }
});
