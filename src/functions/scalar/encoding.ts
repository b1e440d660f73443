import { type Dynamic, isArray } from "../../data/dynamic.ts";
import { decodeBase64, decodeText, encodeBase64, encodeText } from "../algorithms/base64.ts";
import { guidBytes, guidOfBytes } from "../algorithms/guid-bytes.ts";
import { decodeUrl, encodeUrl } from "../algorithms/url.ts";
import { utf8Bytes, utf8Text } from "../algorithms/utf8.ts";
import { overDynamics } from "../dynamic-kernels.ts";
import { family } from "../family.ts";
import { library } from "../library.ts";
import { rowwise } from "../lift.ts";
import { Refusal } from "../refusal.ts";
import { refusedDynamic } from "../refused.ts";
import { type Overload, optional, repeated, required, type ScalarFunction } from "../signature.ts";
import { overTexts } from "../text-kernels.ts";

/* Texts as bytes, digits and codes, and back. What cannot be decoded is the empty text, or null. */

const docs = "https://learn.microsoft.com/kusto/query";
const deflate = library(() => import("../algorithms/deflate.ts"));
const punycode = library(() => import("../algorithms/punycode.ts"));
const define = family({ docs });

/** What a compressed text may expand to: more than any result may hold. */
const maxInflated = 64 * 1024 * 1024;

export const encodingFunctions: readonly ScalarFunction[] = [
  define(
    { name: "base64_encode_tostring", aliases: ["base64_encodestring"] },
    "The UTF-8 bytes of the text in base64.",
    ofText(encodeText),
  ),
  define(
    { name: "base64_decode_tostring", aliases: ["base64_decodestring"] },
    "The text whose UTF-8 bytes the base64 text stands for; empty when it stands for none.",
    ofText(decodeText),
  ),
  define(
    "base64_encode_fromarray",
    "The bytes of the array in base64; empty when an element is no byte.",
    rowwise([required("bytes", "dynamic")], "string", (bytes) => {
      if (!isArray(bytes) || !bytes.every(isByte)) return null;
      return encodeBase64(Uint8Array.from(bytes));
    }),
  ),
  define(
    "base64_decode_toarray",
    "An array of the bytes that the base64 text stands for; null when it stands for none.",
    rowwise([required("base64", "string")], "dynamic", (text) => {
      const bytes = decodeBase64(text);
      return bytes ? [...bytes] : null;
    }),
  ),
  define(
    "base64_encode_fromguid",
    "The 16 bytes of the guid in base64.",
    rowwise([required("guid", "guid")], "string", (guid) => encodeBase64(guidBytes(guid))),
  ),
  define(
    "base64_decode_toguid",
    "The guid whose 16 bytes the base64 text stands for; null when it stands for other bytes.",
    rowwise([required("base64", "string")], "guid", (text) => {
      const bytes = decodeBase64(text);
      return bytes?.length === 16 ? guidOfBytes(bytes) : null;
    }),
  ),

  define(
    "url_encode",
    "The text in percent-encoding, a blank as `+`.",
    ofText((text) => encodeUrl(utf8Bytes(text), "+")),
    refusedDynamic({ params: [required("url", "string")], returns: "string" }, 0),
  ),
  define(
    "url_encode_component",
    "The text in percent-encoding, a blank as `%20`.",
    ofText((text) => encodeUrl(utf8Bytes(text), "%20")),
  ),
  define(
    "url_decode",
    "The text behind its percent-encoding.",
    ofText((text) => decodedText(decodeUrl(utf8Bytes(text)))),
  ),

  define(
    { name: "gzip_compress_to_base64_string", library: deflate, docs: `${docs}/gzip-base64-compress` },
    "The text compressed with gzip, in base64.",
    ofText((text) => encodeBase64(deflate.get().gzipped(utf8Bytes(text)))),
  ),
  define(
    { name: "gzip_decompress_from_base64_string", library: deflate, docs: `${docs}/gzip-base64-decompress` },
    "The text that has been compressed with gzip; empty when it cannot be restored.",
    ofText((text) => decodedText(expanded(text, deflate.get().gunzipped))),
  ),
  define(
    { name: "zlib_compress_to_base64_string", library: deflate, docs: `${docs}/zlib-base64-compress-function` },
    "The text compressed with zlib, in base64.",
    ofText((text) => encodeBase64(deflate.get().zlibbed(utf8Bytes(text)))),
  ),
  define(
    { name: "zlib_decompress_from_base64_string", library: deflate, docs: `${docs}/zlib-base64-decompress-function` },
    "The text that has been compressed with zlib; empty when it cannot be restored.",
    ofText((text) => decodedText(expanded(text, deflate.get().unzlibbed))),
  ),

  define(
    { name: "punycode_from_string", library: punycode },
    "The text in Punycode, without the `xn--` of domains.",
    ofText((text) => punycode.get().encodePunycode(text)),
  ),
  define(
    { name: "punycode_to_string", library: punycode },
    "The text behind its Punycode; empty when there is none.",
    ofText((text) => punycode.get().decodePunycode(text)),
  ),
  define(
    { name: "punycode_domain_to_string", library: punycode },
    "The domain with every label beyond ASCII in Punycode.",
    ofText((text) => punycode.get().encodeDomain(text)),
  ),
  define(
    { name: "punycode_domain_from_string", library: punycode },
    "The domain with every label out of its Punycode; empty when one has none.",
    ofText((text) => punycode.get().decodeDomain(text)),
  ),

  define(
    { name: "unicode_codepoints_from_string", aliases: ["to_utf8"] },
    "An array of the code points of the text.",
    overTexts(
      [required("value", "scalar")],
      rowwise([required("value", "string")], "dynamic", (text) => Array.from(text, (char) => char.codePointAt(0)!)),
    ),
  ),
  define(
    { name: "unicode_codepoints_to_string", aliases: ["make_string"] },
    "The text of the code points, numbers and arrays of numbers; empty when one of them is none.",
    ofCodePoints(
      overDynamics([required("value", "scalar"), repeated("values", "scalar")], "string", (args) => {
        const chars = args.flatMap((arg) => (isArray(arg) ? arg.map(charOf) : [charOf(arg)]));
        return chars.includes(undefined) ? null : chars.join("");
      }),
    ),
  ),

  define(
    { name: "tohex", resultName: "firstArgument" },
    "The number in hexadecimal digits, at least `minLength` of them; negative ones in two's complement.",
    hexadecimal("int", 32),
    hexadecimal("long", 64),
  ),
];

function ofText(convert: (text: string) => string | undefined): Overload {
  return rowwise([required("string", "string")], "string", (text) => convert(text) ?? null);
}

function decodedText(bytes: Uint8Array | undefined): string | undefined {
  return bytes && utf8Text(bytes);
}

function expanded(
  base64: string,
  expand: (bytes: Uint8Array, limit: number) => Uint8Array | undefined,
): Uint8Array | undefined {
  const bytes = decodeBase64(base64);
  return bytes && expand(bytes, maxInflated);
}

function isByte(value: Dynamic): value is number {
  return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 255;
}

/** The arguments are integers and arrays of them, in any order, which no list of parameters says. */
function ofCodePoints(overload: Overload): Overload {
  return {
    ...overload,
    eval: (args, call) => {
      const wrong = args.findIndex(({ type }) => type !== "int" && type !== "long" && type !== "dynamic");
      if (wrong >= 0)
        throw new Refusal(wrong, `a ${args[wrong]!.type} is no code point: they are integers, or arrays of them`);
      return overload.eval(args, call);
    },
  };
}

/** Undefined for what is no Unicode character. */
function charOf(code: Dynamic): string | undefined {
  const valid = typeof code === "number" && Number.isInteger(code) && code >= 0 && code <= 0x10ffff;
  return valid && (code < 0xd800 || code >= 0xe000) ? String.fromCodePoint(code) : undefined;
}

const longestHex = 16;

function hexadecimal(type: "int" | "long", bits: 32 | 64): Overload {
  return rowwise([required("value", type), optional("minLength", "long")], "string", (value, least = 0n) => {
    const length = Number(least < 0n ? 0n : least > longestHex ? longestHex : least);
    return BigInt.asUintN(bits, BigInt(value)).toString(16).padStart(length, "0");
  });
}
