import type { CellOf } from "../../data/column.ts";
import type { ScalarType } from "../../data/types.ts";
import { utf8Bytes } from "../algorithms/utf8.ts";
import { xxhash64 } from "../algorithms/xxhash64.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { rowwise, rowwiseWithNulls } from "../lift.ts";
import { refused } from "../refused.ts";
import { type Overload, optional, repeated, required, type ScalarFunction } from "../signature.ts";
import { overTexts } from "../text-kernels.ts";

const algorithms = library(() => import("../algorithms/digests.ts"));
const define = family({ docs: "https://learn.microsoft.com/kusto/query" });

const hashing = "The xxHash64 of the value; with `mod`, the remainder of a division by it, from 0 to `mod` - 1.";
const dynamicHelp = "a dynamic value is hashed as a text: use `tostring`";
const unpublished = "the way in which Kusto combines hashes is not published";

export const hashFunctions: readonly ScalarFunction[] = [
  define("hash", hashing, ...xxhashes()),
  define("hash_xxhash64", hashing, ...xxhashes()),
  define(
    { name: "hash_md5", library: algorithms },
    "The MD5 of the value's text in hexadecimal digits; empty for an empty text.",
    ...digests("md5"),
  ),
  define(
    { name: "hash_sha1", library: algorithms },
    "The SHA-1 of the value's text in hexadecimal digits; empty for an empty text.",
    ...digests("sha1"),
  ),
  define(
    { name: "hash_sha256", library: algorithms },
    "The SHA-256 of the value's text in hexadecimal digits; empty for an empty text.",
    ...digests("sha256"),
  ),

  define(
    "hash_combine",
    "Not supported: one hash of several, by a formula that Kusto does not publish.",
    refused([required("h1", "scalar"), required("h2", "scalar"), repeated("hN", "scalar")], "long", unpublished),
  ),
  define(
    "hash_many",
    "Not supported: one hash of several values, by a formula that Kusto does not publish.",
    refused([required("s1", "scalar"), repeated("sN", "scalar")], "long", unpublished),
  ),
];

/** Texts are hashed as UTF-8, times and longs as their eight bytes, the lower ones first. */
function xxhashes(): [Overload, ...Overload[]] {
  return [
    xxhashOf("string", utf8Bytes),
    xxhashOf("long", bytesOfLong),
    xxhashOf("datetime", bytesOfLong),
    xxhashOf("timespan", bytesOfLong),
    // Only of text and of time does the documentation show a hash; a long has the bytes of a timespan.
    ...(["int", "real", "bool", "guid", "decimal"] as const).map((type) =>
      refused(
        [required("source", type), optional("mod", "long")],
        "long",
        `the bytes that Kusto hashes of a value of type ${type} are not documented: hash its \`tostring\``,
      ),
    ),
    refused([required("source", "dynamic"), optional("mod", "long")], "long", dynamicHelp),
  ];
}

function xxhashOf<T extends ScalarType>(type: T, bytesOf: (value: CellOf[T]) => Uint8Array): Overload {
  // A null has no bytes: its hash is that of the empty text.
  const kernel = (value: CellOf[T] | null, mod: bigint | null | undefined): bigint | null => {
    const hash = xxhash64(value === null ? new Uint8Array() : bytesOf(value));
    if (mod === undefined) return hash;
    return mod !== null && mod > 0n ? BigInt.asUintN(64, hash) % mod : null;
  };
  // The parameter has type T, so its cells are CellOf[T]; TypeScript does not resolve that for a generic T.
  return rowwiseWithNulls([required("source", type), optional("mod", "long")], "long", kernel as never);
}

function bytesOfLong(value: bigint): Uint8Array {
  return bytes(8, (view) => view.setBigInt64(0, value, true));
}

function bytes(size: number, write: (view: DataView) => void): Uint8Array {
  const view = new DataView(new ArrayBuffer(size));
  write(view);
  return new Uint8Array(view.buffer);
}

function digests(algorithm: "md5" | "sha1" | "sha256"): [Overload, Overload] {
  const hash = (text: string) => (text === "" ? "" : algorithms.get()[algorithm](utf8Bytes(text)));
  return [
    overTexts([required("source", "scalar")], rowwise([required("source", "string")], "string", hash)),
    refused([required("source", "dynamic")], "string", dynamicHelp),
  ];
}
