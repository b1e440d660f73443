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

export function strayEntityGroup(span: Span, name: string): Diagnostic {
  const message = `\`${name}\` is an entity group, and no table`;
  return error("KQ261", span, message, "", `\`macro-expand ${name} as x (x.T | …)\` takes it`);
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
