import { deflateSync, gunzipSync, gzipSync, inflateSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeBase64, decodeText, encodeBase64, encodeText } from "../../src/functions/algorithms/base64.ts";
import { gunzipped, gzipped, unzlibbed, zlibbed } from "../../src/functions/algorithms/deflate.ts";
import { guidBytes, guidOfBytes } from "../../src/functions/algorithms/guid-bytes.ts";
import { decodeDomain, decodePunycode, encodeDomain, encodePunycode } from "../../src/functions/algorithms/punycode.ts";
import { decodeUrl, encodeUrl } from "../../src/functions/algorithms/url.ts";
import { utf8Bytes, utf8Text } from "../../src/functions/algorithms/utf8.ts";

const bytes = fc.uint8Array({ maxLength: 300 });
// Text without halves of surrogate pairs.
const text = fc.string({ unit: "binary" });
const limit = 1_000_000;

describe("base64", () => {
  test("is Node's", () => {
    fc.assert(fc.property(bytes, (one) => void expect(encodeBase64(one)).toBe(Buffer.from(one).toString("base64"))));
  });

  test("comes back", () => {
    fc.assert(fc.property(bytes, (one) => void expect(decodeBase64(encodeBase64(one))).toEqual(one)));
  });
});

describe("base64 of text", () => {
  test("is that of its UTF-8 bytes, and comes back", () => {
    fc.assert(
      fc.property(text, (one) => {
        expect(encodeText(one)).toBe(Buffer.from(one).toString("base64"));
        expect(decodeText(encodeText(one))).toBe(one);
      }),
    );
  });
});

describe("gzip and zlib", () => {
  test("Node reads what is written", () => {
    fc.assert(
      fc.property(bytes, (one) => {
        expect(Uint8Array.from(gunzipSync(gzipped(one)))).toEqual(one);
        expect(Uint8Array.from(inflateSync(zlibbed(one)))).toEqual(one);
      }),
    );
  });

  test("what Node writes is read", () => {
    fc.assert(
      fc.property(bytes, (one) => {
        expect(gunzipped(Uint8Array.from(gzipSync(one)), limit)).toEqual(one);
        expect(unzlibbed(Uint8Array.from(deflateSync(one)), limit)).toEqual(one);
      }),
    );
  });

  test("more than one stored block", () => {
    const noise = Uint8Array.from({ length: 200_000 }, (_, i) => (Math.imul(i, 0x9e3779b1) >>> 13) ^ (i >>> 8));
    expect(Uint8Array.from(gunzipSync(gzipped(noise)))).toEqual(noise);
    expect(unzlibbed(zlibbed(noise), limit)).toEqual(noise);
  });

  test("a changed byte is noticed", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 1, maxLength: 100 }),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (one, at, change) => {
          for (const [pack, unpack] of [
            [gzipped, gunzipped],
            [zlibbed, unzlibbed],
          ] as const) {
            const packed = pack(one);
            // The first bytes of gzip's header hold no check: time, flags of the compressor, operating system.
            const from = pack === gzipped ? 10 : 0;
            const place = from + (at % (packed.length - from));
            packed[place]! ^= change;
            const result = unpack(packed, limit);
            // Padding bits behind the last block may differ.
            if (result) expect(result).toEqual(one);
          }
        },
      ),
    );
  });

  test("a bomb is not expanded", () => {
    expect(gunzipped(Uint8Array.from(gzipSync(Buffer.alloc(50_000_000))), limit)).toBeUndefined();
  });
});

describe("Punycode", () => {
  test("comes back", () => {
    fc.assert(
      fc.property(text, (one) => {
        const encoded = encodePunycode(one);
        expect(encoded).toMatch(/^[\0-\x7f]*$/);
        expect(decodePunycode(encoded!)).toBe(one);
      }),
    );
  });

  test("is the one of domains", () => {
    const label = fc.string({ unit: fc.constantFrom(..."abcäöüéñ艺术яж"), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(label, (one) => {
        expect(encodeDomain(`www.${one}.org`)).toBe(new URL(`http://www.${one}.org`).hostname);
        expect(decodeDomain(encodeDomain(`www.${one}.org`)!)).toBe(`www.${one}.org`);
      }),
    );
  });

  test("any text is decoded or refused", () => {
    fc.assert(fc.property(text, (one) => void decodePunycode(one)));
  });
});

describe("UTF-8, guids, URLs", () => {
  test("UTF-8 is Node's", () => {
    fc.assert(
      fc.property(text, bytes, (one, other) => {
        expect(utf8Bytes(one)).toEqual(Uint8Array.from(Buffer.from(one)));
        let expected: string | undefined;
        try {
          expected = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(other);
        } catch {
          expected = undefined;
        }
        expect(utf8Text(other)).toBe(expected);
        expect(utf8Text(utf8Bytes(one))).toBe(one);
      }),
    );
  });

  test("a guid comes back from its bytes", () => {
    fc.assert(fc.property(fc.uuid(), (guid) => void expect(guidOfBytes(guidBytes(guid))).toBe(guid)));
  });

  test("percent-encoded text comes back", () => {
    fc.assert(
      fc.property(text, fc.constantFrom("+" as const, "%20" as const), (one, blank) => {
        const encoded = encodeUrl(utf8Bytes(one), blank);
        expect(utf8Text(decodeUrl(utf8Bytes(encoded)))).toBe(one);
        expect(decodeURIComponent(encoded.replaceAll("+", " "))).toBe(one);
      }),
    );
  });
});
