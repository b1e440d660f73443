import type { Diagnostic, Span } from "../diagnostic.ts";

/* What can be wrong with groups of databases, with what they are expanded into, with patterns and with restrictions. */

function error(code: Diagnostic["code"], span: Span, message: string, label = "", help?: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

const group = 'for example `entity_group [database("a"), cluster("c").database("d")]`';

export function unknownEntityGroup(span: Span, name: string): Diagnostic {
  const help = `\`let ${name} = entity_group [database("a"), …];\` declares it: kqlite keeps no groups`;
  return error("KS247", span, `the name \`${name}\` does not refer to any known entity group`, "no such group", help);
}

export function entityExpected(span: Span): Diagnostic {
  return error("KS216", span, "a database is expected", "", group);
}

export function repeatedEntity(span: Span, name: string): Diagnostic {
  return error("KQ260", span, `the database \`${name}\` is in the group already`, "second time");
}

export function takenEntityName(span: Span, name: string): Diagnostic {
  const message = `\`${name}\` stands for an entity of the \`macro-expand\` around this one`;
  return error("KQ262", span, message, "name taken", "each `macro-expand` has a name of its own");
}

export function nothingExpanded(span: Span): Diagnostic {
  return error("KQ263", span, "`macro-expand` finds no database that has the tables", "nothing is left of the group");
}

export function oneTable(span: Span): Diagnostic {
  return error("KQ264", span, "a subquery of `macro-expand` is one tabular expression, behind any `let`s");
}

export function patternArguments(span: Span, expected: number): Diagnostic {
  const count = expected === 0 ? "no arguments are" : expected === 1 ? "1 argument is" : `${expected} arguments are`;
  return error("KS118", span, `${count} expected`);
}

export function patternValues(span: Span): Diagnostic {
  return error("KS185", span, "a pattern has a value for each of its parameters", "another number of values");
}

export function patternText(span: Span): Diagnostic {
  return error("KS131", span, "a text is expected, as it stands in the query", "", "no expression, and no name of one");
}

export function strayPath(span: Span): Diagnostic {
  return error(
    "KS186",
    span,
    "the pattern declares no path",
    "",
    "`declare pattern name = (a:string)[path:string] {…}` does",
  );
}

export function missingPath(span: Span): Diagnostic {
  return error("KS187", span, "a path is expected", "", 'the pattern declares one: `.["…"]`');
}

/** `reference` is what was asked for, in Kusto's normal form. */
export function noPatternMatch(span: Span, reference: string, known: readonly string[]): Diagnostic {
  const help = known.length === 0 ? "the pattern is declared without a definition" : `it defines ${known.join(", ")}`;
  return error("KS188", span, `no pattern matches \`${reference}\``, "", help);
}

export function repeatedPattern(span: Span, reference: string): Diagnostic {
  return error("KQ265", span, `\`${reference}\` is defined already`, "second definition");
}

export function patternType(span: Span): Diagnostic {
  return error("KS141", span, "a value of type string is expected", "patterns take texts alone");
}
