import { kqlLiteral } from "../../data/text.ts";
import { why as say } from "../../diagnostics/catalogue/why.ts";
import type { Span } from "../../diagnostics/diagnostic.ts";
import type { Source } from "../../diagnostics/render.ts";
import { oneLine, placeOf } from "../lines.ts";
import type { Event, Outcome } from "./follow.ts";
import type { Reason } from "./reasons.ts";
import type { NamedCell } from "./sources.ts";
import type { Because, Followed } from "./why.ts";

/** The query, and the file that it stands in. */
export interface Told extends Pick<Source, "text" | "offsetInFile"> {
  readonly query: string;
}

/** What becomes of a row, a line for each thing that happens to it. `wanted`: the columns to show of it. */
export function followedText({ row, cells, reads }: Followed, told: Told, wanted: ReadonlySet<string>): string {
  const out = [say.row(row.table, row.number, shown(chosen(cells, wanted)))];
  for (const { span, ways } of reads) {
    const headed = reads.length > 1;
    if (headed)
      out.push(
        `  ${say.read(
          placeOf(span, told).line,
          ways.some(({ main }) => main),
        )}`,
      );
    for (const [i, { main, events, outcome }] of ways.entries()) {
      // Ways of the pipeline itself come first.
      const mixed = !main && ways[0]?.main === true;
      if (mixed && ways[i - 1]?.main) out.push(`${headed ? "    " : "  "}${say.otherWays()}`);
      const indent = "  ".repeat(1 + Number(headed) + Number(mixed));
      for (const event of events) out.push(indent + eventText(event, told));
      out.push(...outcomeLines(outcome, told).map((line) => indent + line));
    }
  }
  return out.join("\n");
}

/** A row of the result, and the rows behind it. */
export function becauseText({ number, cells, rows, lostAt }: Because, told: Told): string {
  const out = [say.resultRow(number, shown(chosen(cells, new Set())))];
  if (rows.length > 0) out.push(`  ${say.rowList(rows)}`);
  for (const span of lostAt) out.push(`  ${say.lostBehind(...placed(span, told))}`);
  return out.join("\n");
}

function eventText(event: Event, told: Told): string {
  const [line, operator] = placed(event.at, told);
  return event.kind === "folded"
    ? say.folded(line, operator, event.rows, shown(event.into))
    : say.passedOver(line, event.fn, say.rowList(event.rows));
}

function outcomeLines(outcome: Outcome, told: Told): readonly string[] {
  if (outcome.kind === "result") {
    return [say.inResult(outcome.rows, outcome.result === 0 ? undefined : outcome.result + 1)];
  }
  const at = placed(outcome.at, told);
  if (outcome.kind === "lost") return [say.lost(...at)];
  return [say.dropped(...at), ...outcome.reasons.map((reason) => `  ${reasonText(reason, told)}`)];
}

function reasonText(reason: Reason, told: Told): string {
  const { query } = told;
  switch (reason.kind) {
    case "condition": {
      const { start, end } = reason.span;
      return say.condition(cut(oneLine(query.slice(start, end))), reason.value, shown(reason.cells));
    }
    case "no partner":
      return say.noPartner(reason.side, shown(reason.keys));
    case "partner":
      return say.partner(shown(reason.keys), say.rowList(reason.rows));
    case "other side":
      return say.otherSide();
    case "not first":
      return say.notFirst(shown(reason.keys), say.rowList(reason.rows));
    case "take":
      return say.take(reason.kept, reason.of, reason.place);
    case "top":
      return say.top(reason.kept, reason.of, shown(reason.cells));
    case "no items":
      return say.noItems();
    case "text form":
      return say.textForm(shown(reason.cells));
    case "no answer":
      return say.noAnswer();
    case "not nested":
      return say.notNested(shown(reason.cells));
    case "no step":
      return say.noStep();
    case "inside": {
      const [line, operator] = placed(reason.at, told);
      return say.inside(
        line,
        operator,
        reason.reasons.map((one) => reasonText(one, told)),
      );
    }
    case "consumed":
      return say.consumed();
  }
}

function placed(span: Span, told: Told): readonly [number, string] {
  return [placeOf(span, told).line, cut(oneLine(told.query.slice(span.start, span.end)))];
}

/** Those that are wanted, or the first few that hold something. */
function chosen(cells: readonly NamedCell[], wanted: ReadonlySet<string>): readonly NamedCell[] {
  const found = cells.filter(({ name }) => wanted.has(name));
  if (found.length > 0) return found;
  return cells.filter(({ value }) => value !== null && value !== "").slice(0, 4);
}

function shown(cells: readonly NamedCell[]): readonly { readonly name: string; readonly text: string }[] {
  return cells.map(({ name, type, value }) => ({ name, text: cut(kqlLiteral(type, value)) }));
}

function cut(text: string): string {
  return text.length > 72 ? `${text.slice(0, 71)}…` : text;
}
