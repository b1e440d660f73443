import { gzipSync, strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { nodeInflaters } from "../../src/node/inflate.ts";
import { type Inflaters, portable } from "../../src/readers/inflate.ts";
import { defaultLimits, inputOf } from "../../src/readers/input.ts";
import { openTable } from "../../src/readers/open.ts";
import { failure, textsOf } from "./support.ts";

const hosts: readonly (readonly [string, Inflaters])[] = [
  ["portable code", portable],
  ["the code of Node", nodeInflaters],
];

async function read(name: string, bytes: Uint8Array, inflaters: Inflaters, limits = defaultLimits): Promise<string[]> {
  return textsOf(await openTable(inputOf(name, bytes), { table: "T", inflaters, limits }));
}

const csv = strToU8("a,b\n1,x\n2,y\n");
const rows = ["1 | x", "2 | y"];

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

/** `bytes` with those at `offset` exchanged. */
function patched(bytes: Uint8Array, offset: number, ...others: readonly number[]): Uint8Array {
  const copy = bytes.slice();
  copy.set(others, offset);
  return copy;
}

/** Where the directory of an archive with one file starts. */
function directoryOf(zip: Uint8Array): number {
  return new DataView(zip.buffer, zip.byteOffset).getUint32(zip.length - 22 + 16, true);
}

describe.each(hosts)("with %s", (_, inflaters) => {
  test("gzip is read", async () => {
    expect(await read("t.csv.gz", gzipSync(csv), inflaters)).toEqual(rows);
    expect(await read("t.CSV.GZ", gzipSync(csv), inflaters)).toEqual(rows);
  });

  test("gzip of several members is read", async () => {
    const packed = concat(gzipSync(csv.subarray(0, 7)), gzipSync(csv.subarray(7)));
    expect(await read("t.csv.gz", packed, inflaters)).toEqual(rows);
  });

  test.each<[string, (packed: Uint8Array) => Uint8Array]>([
    ["is cut off", (packed) => packed.subarray(0, packed.length - 12)],
    ["lacks its check sum", (packed) => packed.subarray(0, packed.length - 8)],
    ["lacks part of its check sum", (packed) => packed.subarray(0, packed.length - 3)],
    ["has another check sum", (packed) => patched(packed, packed.length - 8, 1, 2, 3, 4)],
    ["has another length", (packed) => patched(packed, packed.length - 4, 1)],
    ["is damaged inside", (packed) => patched(packed, 12, 0xff, 0xff, 0xff, 0xff)],
    ["goes on behind its end", (packed) => concat(packed, strToU8("more"))],
    ["is none", () => csv],
    ["is empty", () => new Uint8Array(0)],
  ])("gzip that %s is refused", async (_, damage) => {
    expect(await failure(() => read("t.csv.gz", damage(gzipSync(csv)), inflaters))).toMatch(
      /^KQ320: t\.csv\.gz: the gzip data is damaged: ./,
    );
  });

  test("gzip that expands out of proportion is refused", async () => {
    const bomb = gzipSync(new Uint8Array(8 * 1024 * 1024), { level: 9 });
    const limits = { ...defaultLimits, unsuspicious: 1024 * 1024 };
    expect(await failure(() => read("t.csv.gz", bomb, inflaters, limits))).toMatch(
      /^KQ321: t\.csv\.gz: it expands to more than 1\.6 MiB, out of proportion to its size\nunpack it first/,
    );
  });

  test("zip is read, its files one after another", async () => {
    const zip = zipSync({
      "one.csv": csv,
      "folder/two.csv": [strToU8("b,a\nz,3\n"), { level: 0 }],
      "__MACOSX/._one.csv": strToU8("x"),
    });
    expect(await read("t.zip", zip, inflaters)).toEqual([...rows, "3 | z"]);
    expect(await read("t.csv.zip", zip, inflaters)).toEqual([...rows, "3 | z"]);
  });

  test("zip with a comment is read", async () => {
    const zip = zipSync({ "t.csv": csv });
    const commented = concat(patched(zip, zip.length - 2, 5, 0), strToU8("hello"));
    expect(await read("t.zip", commented, inflaters)).toEqual(rows);
  });

  test.each<[string, (zip: Uint8Array) => Uint8Array, RegExp]>([
    [
      "is cut off",
      (zip) => zip.subarray(0, zip.length - 30),
      /KQ320: t\.zip: the zip data is damaged: its end is missing/,
    ],
    ["is none", () => csv, /KQ320: t\.zip: the zip data is damaged: its end is missing/],
    [
      "has another check sum",
      (zip) => patched(zip, directoryOf(zip) + 16, 1, 2, 3, 4),
      /KQ320: t\.zip\/t\.csv: the zip data is damaged: the check sum does not match/,
    ],
    [
      "has another size",
      (zip) => patched(zip, directoryOf(zip) + 24, 5),
      /KQ320: t\.zip\/t\.csv: the zip data is damaged: the check sum does not match|KQ321/,
    ],
    [
      "is encrypted",
      (zip) => patched(zip, directoryOf(zip) + 8, 1),
      /KQ322: t\.zip\/t\.csv: the file in the zip archive is encrypted/,
    ],
    [
      "is packed by another method",
      (zip) => patched(zip, directoryOf(zip) + 10, 12),
      /KQ323: t\.zip\/t\.csv: the compression method 12 of zip archives is not supported/,
    ],
    ["has a broken directory", (zip) => patched(zip, directoryOf(zip), 0), /KQ320: .*its directory is cut off/],
    [
      "has a directory elsewhere",
      (zip) => patched(zip, zip.length - 6, 0xff, 0xff),
      /KQ320: .*its directory is cut off/,
    ],
    ["says that it holds more", (zip) => patched(zip, zip.length - 12, 2), /KQ320: .*its directory is cut off/],
    ["points outside", (zip) => patched(zip, directoryOf(zip) + 42, 0xff, 0xff), /KQ320: .*a file in it is cut off/],
    [
      "is packed longer than it is",
      (zip) => patched(zip, directoryOf(zip) + 20, 0xff, 0xff),
      /KQ320: .*a file in it is cut off/,
    ],
  ])("zip that %s is refused", async (_, damage, expected) => {
    expect(await failure(() => read("t.zip", damage(zipSync({ "t.csv": csv })), inflaters))).toMatch(expected);
  });

  test("zip that expands out of proportion is refused, whatever size it declares", async () => {
    const zip = zipSync({ "t.csv": [new Uint8Array(8 * 1024 * 1024), { level: 9 }] });
    const limits = { ...defaultLimits, unsuspicious: 1024 * 1024 };
    expect(await failure(() => read("t.zip", zip, inflaters, limits))).toMatch(
      /^KQ321: t\.zip\/t\.csv: it expands to more/,
    );
    const lying = patched(zip, directoryOf(zip) + 24, 16, 0, 0, 0);
    expect(await failure(() => read("t.zip", lying, inflaters, limits))).toMatch(/^KQ32[01]/);
  });

  test("the files of a zip share one limit", async () => {
    const file = strToU8(`a\n${"x\n".repeat(400)}`);
    const limits = { ...defaultLimits, expanded: 1000 };
    const zip = zipSync({ "1.csv": file, "2.csv": file });
    expect(await failure(() => read("t.zip", zip, inflaters, limits))).toMatch(/^KQ321: t\.zip\/2\.csv/);
  });

  test("many entries over the same bytes share one limit too", async () => {
    // Each entry of the directory points at the same packed bytes.
    const zip = zipSync({ "t.csv": strToU8(`a\n${"x\n".repeat(400)}`) });
    const start = directoryOf(zip);
    const entry = zip.subarray(start, zip.length - 22);
    const end = zip.slice(zip.length - 22);
    const view = new DataView(end.buffer);
    for (const at of [8, 10]) view.setUint16(at, 50, true);
    view.setUint32(12, entry.length * 50, true);
    const overlapping = concat(zip.subarray(0, start), ...Array.from({ length: 50 }, () => entry), end);
    const limits = { ...defaultLimits, expanded: 10_000 };
    expect(await failure(() => read("t.zip", overlapping, inflaters, limits))).toMatch(/^KQ321/);
  });

  test("zip without files, and with files of two formats, is refused", async () => {
    expect(await failure(() => read("t.zip", zipSync({}), inflaters))).toBe(
      "KQ324: t.zip: the zip archive holds no file",
    );
    const mixed = zipSync({ "a.csv": csv, "b.json": strToU8("[]") });
    expect(await failure(() => read("t.zip", mixed, inflaters))).toBe(
      "KQ325: t.zip: the zip archive holds files of different formats: `a.csv`, `b.json`",
    );
  });
});

test("gzip and zip of the same data are the same to both", () => {
  const data = strToU8("hello ".repeat(1000));
  const packed = gzipSync(data);
  expect(portable.gunzip(packed, 1e6)).toEqual(new Uint8Array(nodeInflaters.gunzip(packed, 1e6) as Uint8Array));
  expect(portable.gunzip(packed, 6000)?.length).toBe(6000);
  expect(portable.gunzip(packed, 5999)).toBeUndefined();
  expect(nodeInflaters.gunzip(packed, 6000)?.length).toBe(6000);
  expect(nodeInflaters.gunzip(packed, 5999)).toBeUndefined();
});
