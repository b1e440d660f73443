import { expect, test } from "vitest";
import type { TableSource } from "../../src/data/batch.ts";
import { createDatabase, tableFromRows } from "../../src/index.ts";

/* What several parts of a query need and others read is asked for before the query comes to it. */

const schema = [{ name: "ip", type: "string" }] as const;
const networks = tableFromRows([{ name: "network", type: "string" }], [["10.0.0.0/8"]]);
const query = `let Seen = T | where ip != "";
  Seen | join kind=inner (Seen | distinct ip | evaluate ipv4_lookup(Networks, ip, network)) on ip | count`;

function signal() {
  let give = () => {};
  const given = new Promise<void>((done) => {
    give = done;
  });
  return { give, given };
}

function read(concurrent: boolean, batches: number, onRows: (batch: number) => void): TableSource {
  const rows = tableFromRows(schema, [["10.0.0.1"], ["10.0.0.2"], ["11.0.0.1"]]);
  return {
    schema,
    concurrent,
    scan: async function* (request) {
      for (let batch = 0; batch < batches; batch++) {
        yield* rows.scan(request);
        onRows(batch);
        await new Promise((later) => setTimeout(later, 1));
      }
    },
  };
}

test("rows that threads read are there when the rest of the query waits for them", async () => {
  const { give, given } = signal();
  const late: TableSource = {
    schema: networks.schema,
    scan: async function* (request) {
      await given;
      yield* networks.scan(request);
    },
  };
  const tables = new Map([
    ["T", read(true, 1, give)],
    ["Networks", late],
  ]);
  const { results } = await createDatabase({ tables }).query(query);
  expect(results[0]!.rows.column(0).data).toEqual(new BigInt64Array([2n]));
});

test("they are not read on when the query has failed", async () => {
  let seen = 0;
  const broken: TableSource = {
    schema: networks.schema,
    scan: () => {
      throw new Error("no networks");
    },
  };
  const tables = new Map([
    [
      "T",
      read(true, 1000, () => {
        seen++;
      }),
    ],
    ["Networks", broken],
  ]);
  await expect(createDatabase({ tables }).query(query)).rejects.toThrow("no networks");
  await new Promise((later) => setTimeout(later, 50));
  expect(seen).toBeLessThan(20);
});
