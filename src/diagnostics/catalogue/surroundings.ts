import type { Diagnostic, Span } from "../diagnostic.ts";

/* What a query asks of Microsoft Sentinel or Defender that the engine was not given: each says how to give it. */

function error(code: Diagnostic["code"], span: Span, message: string, label: string, help: string): Diagnostic {
  return { code, severity: "error", message, labels: [{ span, text: label }], help, stage: "query" };
}

export function unknownWatchlist(span: Span, alias: string, candidate: string | undefined): Diagnostic {
  const give = `give its items with \`-w ${alias}=FILE.csv\`, or \`-w ${alias}:COLUMN=FILE.csv\` where COLUMN is its search key`;
  const help = candidate === undefined ? give : `a watchlist with a similar name exists: \`${candidate}\``;
  return error("KQ230", span, `there is no watchlist \`${alias}\``, "not given", help);
}

export function noFileProfiles(span: Span): Diagnostic {
  const help =
    "give what it knows of files with `--file-profiles FILE.csv`: a column SHA1 or SHA256, and `GlobalPrevalence`, `Signer`, …";
  return error("KQ231", span, "`FileProfile` has no files to tell of", "not given", help);
}

export function fileProfileKeys(span: Span): Diagnostic {
  const help = "the file of `--file-profiles` needs a column `SHA1` or `SHA256`";
  return error("KQ231", span, "`FileProfile` cannot tell which file its rows are about", "", help);
}

export function fileProfileLimit(span: Span): Diagnostic {
  return error("KQ232", span, "`FileProfile` looks at 1 to 1000 records", "", "write `FileProfile(SHA1, 1000)`");
}

export function noIngestionColumn(span: Span, column: string): Diagnostic {
  const message = `\`ingestion_time()\` stands for the column \`${column}\`, which these rows do not have`;
  return error("KQ233", span, message, "", "call it before the column is projected away");
}
