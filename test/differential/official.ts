import { createRequire } from "node:module";

/* Microsoft's own parser and checker, which speaks with the accent of the C# that it was translated from. */

interface List<T> {
  readonly Count: number;
  getItem(index: number): T;
}
interface Symbol {
  readonly Name: string;
}
interface Column extends Symbol {
  readonly Type: Symbol;
}
interface Analysis {
  readonly ResultType: { readonly Columns?: List<Column> } | null;
  GetDiagnostics(): List<{ readonly Code: string; readonly Message: string; readonly Severity: string }>;
}
interface Service {
  readonly KustoCode: {
    Parse(text: string, globals: unknown): Pick<Analysis, "GetDiagnostics">;
    ParseAndAnalyze(text: string, globals: unknown): Analysis;
  };
  readonly GlobalState: { readonly Default: unknown };
}

let service: Service | undefined;

function load(): Service {
  const require = createRequire(import.meta.url);
  const host = globalThis as unknown as { window?: unknown; Bridge?: unknown; Kusto?: { Language: Service } };
  host.window ??= globalThis;
  require("@kusto/language-service-next/bridge.js");
  require("@kusto/language-service-next/Kusto.Language.Bridge.js");
  if (!host.Kusto) throw new Error("the official language service did not load");
  return host.Kusto.Language;
}

export interface Verdict {
  readonly errors: readonly string[];
  /** `name:type` of each result column. */
  readonly columns: readonly string[];
}

/** What its parser alone has against the text, before names and types; undefined where it breaks down. */
export function officialSyntax(text: string): readonly string[] | undefined {
  service ??= load();
  try {
    return messages(service.KustoCode.Parse(text, service.GlobalState.Default));
  } catch {
    return undefined;
  }
}

/** Undefined where the service itself breaks down. */
export function officialVerdict(text: string): Verdict | undefined {
  service ??= load();
  let analysis: Analysis;
  try {
    analysis = service.KustoCode.ParseAndAnalyze(text, service.GlobalState.Default);
  } catch {
    return undefined;
  }
  return {
    errors: messages(analysis),
    columns: items(analysis.ResultType?.Columns).map((column) => `${column.Name}:${column.Type.Name}`),
  };
}

function messages(analysis: Pick<Analysis, "GetDiagnostics">): readonly string[] {
  const errors = items(analysis.GetDiagnostics()).filter((each) => each.Severity === "Error");
  return errors.map((each) => `${each.Code} ${each.Message}`);
}

function items<T>(list: List<T> | undefined): readonly T[] {
  return list ? Array.from({ length: list.Count }, (_, index) => list.getItem(index)) : [];
}
