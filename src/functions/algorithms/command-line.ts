const blank = /[ \t]/;

/**
 * The arguments of a Windows command line, as CommandLineToArgvW parts it.
 * https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-commandlinetoargvw
 */
export function windowsArguments(line: string): string[] {
  const program = programName(line);
  const rest: string[] = [];
  let at = skipBlanks(line, program.end);
  while (at < line.length) {
    const { text, end } = argument(line, at);
    rest.push(text);
    at = skipBlanks(line, end);
  }
  return [program.text, ...rest];
}

interface Part {
  readonly text: string;
  readonly end: number;
}

/** The program is up to the next quote or blank: a backslash before a quote has no meaning there. */
function programName(line: string): Part {
  if (line[0] === '"') {
    const close = line.indexOf('"', 1);
    return close < 0 ? { text: line.slice(1), end: line.length } : { text: line.slice(1, close), end: close + 1 };
  }
  let end = 0;
  while (end < line.length && !blank.test(line[end]!)) end++;
  return { text: line.slice(0, end), end };
}

function skipBlanks(line: string, from: number): number {
  let at = from;
  while (at < line.length && blank.test(line[at]!)) at++;
  return at;
}

/**
 * Backslashes before a quote stand for half as many, an odd one makes the quote a character. Of quotes in a row, the
 * third is a character: this is how a quote is written inside quotes.
 */
function argument(line: string, from: number): Part {
  let text = "";
  let at = from;
  let quotes = 0;
  while (at < line.length && (quotes > 0 || !blank.test(line[at]!))) {
    let slashes = 0;
    while (line[at] === "\\") {
      slashes++;
      at++;
    }
    if (line[at] !== '"') {
      text += "\\".repeat(slashes);
      if (slashes === 0) text += line[at++]!;
      continue;
    }
    text += "\\".repeat(slashes >> 1);
    at++;
    if (slashes % 2 === 1) text += '"';
    else quotes++;
    for (; line[at] === '"'; at++) {
      quotes++;
      if (quotes === 3) {
        text += '"';
        quotes = 0;
      }
    }
    if (quotes === 2) quotes = 0;
  }
  return { text, end: at };
}
