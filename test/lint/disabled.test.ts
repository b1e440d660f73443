import { expect, test } from "vitest";
import { checkQuery } from "../../src/lint/check.ts";
import { assumedSchema } from "../../src/lint/known-schemas.ts";
import { schemaPack } from "../../src/readers/catalogue/packs.ts";

const schemas = assumedSchema(schemaPack("unified"));

async function codes(text: string, file = text): Promise<string> {
  return (await checkQuery({ text, file }, schemas)).map(({ diagnostic }) => diagnostic.code).join(" ");
}

const query = "T\n| join (U) on a\n| take 5 | where b == 1\n";

test("comments switch findings off", async () => {
  expect(await codes(query)).toBe("KQ600 KQ605");
  expect(await codes(query.replace("on a", "on a // kqlite:disable"))).toBe("KQ605");
  expect(await codes(query.replace("on a", "on a // kql-guard:disable"))).toBe("KQ605");
  expect(await codes(query.replace("T\n", "T\n// kqlite:disable-next-line KQ600, KQ605\n"))).toBe("KQ605");
  expect(await codes(query.replace("T\n", "T\n// kqlite:disable-next-line implicit-join-kind -- meant so\n"))).toBe(
    "KQ605",
  );
  expect(await codes(query.replace("T\n", "T\n// kql-guard:disable-next-line KQL003\n"))).toBe("KQ600 KQ605");
  expect(await codes(`// kqlite:disable-file\n${query}`)).toBe("");
  expect(await codes(`${query}// kqlite:disable-file KQ605\n`)).toBe("KQ600");
  expect(await codes(query, `${query}\n\n// kqlite:disable-file unordered-take\n`)).toBe("KQ600");
  expect(await codes(query.replace("on a", "on a // kqlite:disabled"))).toBe("KQ600 KQ605");
});

test("an error goes only where its code is named", async () => {
  const wrong = "SigninLogs | where Foo == 1";
  expect(await codes(`${wrong} // kqlite:disable`)).toBe("KS142");
  expect(await codes(`${wrong} // kqlite:disable KS142`)).toBe("");
});
