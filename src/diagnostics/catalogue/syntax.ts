import type { Diagnostic, Span } from "../diagnostic.ts";

/* What can be wrong with the text of a query. KS codes mean what they mean in Microsoft's tools; KQ1xx are ours. */

type Code = Diagnostic["code"];

function error(code: Code, span: Span, message: string, label = "", help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

/** The end of the text is found as "". */
const described = (found: string) => (found === "" ? "the end of the query" : `\`${shortened(found)}\``);
const shortened = (text: string) => {
  const line = text.split(/[\r\n]/, 1)[0] ?? "";
  return line.length > 40 ? `${line.slice(0, 37)}…` : line === text ? line : `${line}…`;
};

export function expected(span: Span, what: string, found: string, help?: string): Diagnostic {
  return error("KS005", span, `${what} is expected, found ${described(found)}`, "", help);
}

export function expressionExpected(span: Span, found: string, help?: string): Diagnostic {
  const message = found === "" ? "an expression is missing" : `an expression is expected, found ${described(found)}`;
  return error("KS006", span, message, found === "" ? "expected here" : "", help);
}

export function operatorExpected(span: Span, found: string, similar: string | undefined): Diagnostic {
  if (found === "") {
    const help = "write an operator such as `where` or `take`, or leave the `|` out";
    return error("KS176", span, "an operator is missing after `|`", "expected here", help);
  }
  const help = similar === undefined ? undefined : `an operator with a similar name exists: \`${similar}\``;
  return error("KS176", span, `${described(found)} is not a query operator`, "no such operator", help);
}

export function mustNotBeFirst(span: Span, operator: string): Diagnostic {
  const help = "a query begins with a table, or with what makes one: `datatable`, `print`, `range`, `union`, …";
  return error("KS174", span, `\`${operator}\` cannot be the first operator`, "no table comes in here", help);
}

export function unexpected(span: Span, found: string, help?: string): Diagnostic {
  return error("KS198", span, `${described(found)} is unexpected here`, "", help);
}

export function missingSemicolon(span: Span, found: string): Diagnostic {
  const help = "statements are separated by `;`: one is missing before this line";
  return error("KS005", span, `\`;\` is expected, found ${described(found)}`, "", help);
}

export function comparisonChain(span: Span, operator: string): Diagnostic {
  const help = "compare twice and join with `and`: `a < b and b < c`; or put one comparison into parentheses";
  return error("KS198", span, `\`${operator}\` cannot follow another comparison`, "", help);
}

export function listExpected(span: Span, operator: string, found: string): Diagnostic {
  const help = `for example \`${operator} ("a", "b")\``;
  return error("KS005", span, `\`(\` is expected after \`${operator}\`, found ${described(found)}`, "", help);
}

export function emptyList(span: Span, operator: string): Diagnostic {
  const help = `for example \`${operator} ("a", "b")\`; \`dynamic([])\` is a list without values`;
  return error("KS006", span, "an expression is missing", "expected here", help);
}

export function valueExpected(span: Span, found: string): Diagnostic {
  const help = "`datatable` holds values as they are written; `print` and `union` take expressions";
  return error("KS005", span, `a value is expected, found ${described(found)}`, "", help);
}

export function unterminatedString(span: Span, opening: string): Diagnostic {
  const quote = opening.slice(-1);
  const help =
    opening.length === 3
      ? `it ends with the same three characters: ${quote === "~" ? "`~~~`" : "three backticks"}`
      : `close it with \`${quote}\` on the same line; text of several lines stands between \`~~~\` and \`~~~\``;
  return error("KS001", span, "this string is never closed", "", help);
}

export function unknownEscape(span: Span, sequence: string): Diagnostic {
  const help = 'write `\\\\` for a backslash, or a verbatim string: `@"…"`';
  return error("KS002", span, `\`${sequence}\` is not an escape sequence`, "", help);
}

export function unexpectedCharacter(span: Span, found: string): Diagnostic {
  const code = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  const help = /[\u201c\u201d\u2018\u2019\u201e]/.test(found)
    ? "this is a typographic quotation mark; KQL has `\"` and `'`"
    : "only names in brackets, strings and comments may hold it: `['…']`";
  return error("KS002", span, `the character \`${found}\` (U+${code}) is unexpected`, "", help);
}

export function unclosed(span: Span, opener: string, closer: string): Diagnostic {
  return error("KS005", span, `this \`${opener}\` is never closed`, "opened here", `add the missing \`${closer}\``);
}

export function strayCloser(span: Span, closer: string): Diagnostic {
  return error("KS198", span, `this \`${closer}\` closes nothing`, "", "take it out, or open a bracket before it");
}

export function bracketsNeeded(span: Span, name: string): Diagnostic {
  const help = `write \`['${name}']\``;
  return error("KS228", span, `\`${name}\` is a reserved word: as a name it needs brackets`, "", help);
}

export function tableParameterFirst(span: Span, name: string): Diagnostic {
  return error("KS226", span, `the parameter \`${name}\` is a table, and stands before all that are values`);
}

export function unknownType(
  span: Span,
  name: string,
  known: readonly string[],
  similar: string | undefined,
): Diagnostic {
  const help =
    similar === undefined
      ? `the types are ${known.map((type) => `\`${type}\``).join(", ")}`
      : `did you mean \`${similar}\`?`;
  return error("KS160", span, `\`${name}\` is not the name of a type`, "", help);
}

export function numberRange(span: Span, text: string): Diagnostic {
  const help = "a long goes up to 9223372036854775807; `real(…)` and `decimal(…)` hold larger numbers";
  return error("KQ100", span, `the number \`${shortened(text)}\` is too large`, "", help);
}

export function badLiteral(span: Span, type: string, word: string, inside: string): Diagnostic {
  const to = type === "real" ? "toreal" : `to${type}`;
  const help = `\`${word}(…)\` holds a value as it is written; \`${to}(…)\` converts an expression`;
  return error("KQ101", span, `\`${shortened(inside)}\` is not a ${type} literal`, "", help);
}

export function badDynamic(span: Span, found: string): Diagnostic {
  const message =
    found === ")"
      ? "the value inside `dynamic(…)` is not complete"
      : `${described(found)} is not JSON inside \`dynamic(…)\``;
  const help = "`dynamic(…)` holds JSON as it is written; `bag_pack(…)`, `pack_array(…)` take expressions";
  return error("KQ102", span, message, "", help);
}

const directives = "automate browse connect crp database download qp query run save sqr truesight upload welcome".split(
  " ",
);

/** Of those at the head of a query: what Microsoft's tools do with the query, or for it. */
export function directive(span: Span, text: string): Diagnostic {
  const name = /^#(\w*)/.exec(text)?.[1] ?? "";
  if (!directives.includes(name)) return error("KS250", span, `unknown directive \`${name}\``, "");
  const help =
    name === "crp"
      ? "a property of the request is said by `set`"
      : name === "qp"
        ? "a parameter of the query is said by `declare query_parameters`"
        : "lines that begin with `#` speak to Microsoft's tools, not to the query; take the line out";
  return error("KQ103", span, `the directive ${described(text)} is not supported`, "", help);
}

export function lateDirective(span: Span, text: string): Diagnostic {
  return error("KS198", span, `the directive ${described(text)} stands behind the head of the query`, "");
}

export function managementCommand(span: Span, command: string): Diagnostic {
  const help = "kqlite runs queries; a text that begins with `.` is a management command for a cluster";
  return error("KQ104", span, `the management command \`${shortened(command)}\` is not run`, "", help);
}

export function nestedTooDeeply(span: Span, limit: number): Diagnostic {
  const help = `brackets may stand ${limit} deep; \`let\` statements make parts of the query flat`;
  return error("KQ105", span, "the query is nested too deeply", "", help);
}

export function unreadablePart(span: Span, found: string, help?: string): Diagnostic {
  return error("KQ106", span, `${described(found)} cannot be read here`, "", help);
}

export function functionBody(span: Span): Diagnostic {
  const help = "the last statement between the braces is what the function returns";
  return error("KS006", span, "the function has no body", "an expression is expected here", help);
}
