import type { Dynamic } from "../../data/dynamic.ts";
import { parseUrl, queryParameters } from "../algorithms/url.ts";
import { family } from "../family.ts";
import { rowwise } from "../lift.ts";
import { required, type ScalarFunction } from "../signature.ts";

const docs = "https://learn.microsoft.com/kusto/query";
const define = family({ docs });

export const parseUrlFunctions: readonly ScalarFunction[] = [
  define(
    { name: "parse_url", aliases: ["parseurl"] },
    "A bag of the parts of an absolute URL; all of them empty for other text.",
    rowwise([required("url", "string")], "dynamic", (url) => {
      const parts = parseUrl(url);
      return new Map<string, Dynamic>([
        ["Scheme", parts?.scheme ?? ""],
        ["Host", parts?.host ?? ""],
        ["Port", parts?.port ?? ""],
        ["Path", parts?.path ?? ""],
        ["Username", parts?.user ?? ""],
        ["Password", parts?.password ?? ""],
        ["Query Parameters", parametersBag(parts?.query ?? "")],
        ["Fragment", parts?.fragment ?? ""],
      ]);
    }),
  ),

  define(
    { name: "parse_urlquery", aliases: ["parseurlquery"], docs: `${docs}/parse-url-query-function` },
    "A bag with the parameters of the query of a URL.",
    rowwise([required("query", "string")], "dynamic", (query) => new Map([["Query Parameters", parametersBag(query)]])),
  ),
];

/** A name that comes back holds an array. */
function parametersBag(query: string): Dynamic {
  return new Map(
    [...queryParameters(query)].map(([name, values]) => [name, values.length === 1 ? values[0]! : values]),
  );
}
