import { Command, InvalidArgumentError } from "commander";
import { formatNames } from "./formats/layout.ts";

/* The command line. What a command does is imported when it runs: starting fast matters more than anything here. */

type Result = { code: number };

/** The commands; each puts its exit code into `result`. */
export function programFor(version: string, result: Result): Command {
  const program = new Command("kqlite")
    .description("Runs the Kusto Query Language over local files.")
    .version(version, "-V, --version")
    .helpCommand(true)
    .showHelpAfterError("(kqlite --help lists the commands, kqlite COMMAND --help what each takes)")
    .exitOverride();
  addRun(program, result);
  addPipe(program, result);
  addPin(program, result);
  addSchema(program, result);
  addFunctions(program, result);
  return program;
}

function addRun(program: Command, result: Result): void {
  program
    .command("run")
    .description("run the query of a .kql file, of a YAML rule, or those of a Markdown page")
    .argument("[file]", "FILE, PAGE.md#2, PAGE.md#heading, or - for the standard input")
    .option("-e, --execute <text>", "run this text instead of a file")
    .option("-d, --data <dir>", "folder of tables: the name of a file is the name of its table", collect, [])
    .option("-t, --table <name=file>", "a table from a file", collect, [])
    .option("-x, --external <url=file>", "what externaldata reads for an address", collect, [])
    .option("--allow-net <host>", "let externaldata fetch from this host", collect, [])
    .option("--lock <file>", "pinned external data (default: kqlite.lock.json beside the query or above)")
    .option("-p, --param <name=value>", "a value for declare query_parameters", collect, [])
    .option("--now <datetime>", "what now() says (default: the time of day)")
    .option("-f, --format <format>", `${formatNames.join(", ")} (default: pretty on a terminal, else csv)`)
    .option("-o, --output <file>", "write to a file; its ending names the format")
    .option("--limit <rows>", "show at most this many rows", wholeNumber)
    .option("--width <columns>", "columns of the terminal", wholeNumber)
    .option("--profile [file]", "say what each operator cost; --profile=FILE.json writes a trace for Chrome too")
    .action(async (file: string | undefined, options) => {
      const { run } = await import("./commands/run.ts");
      result.code = await run(file, options);
    });
}

function addPipe(program: Command, result: Result): void {
  program
    .command("pipe")
    .description("answer queries from the standard input, one JSON object a line")
    .action(async () => {
      const { pipe } = await import("./commands/pipe.ts");
      result.code = await pipe();
    });
}

function addPin(program: Command, result: Result): void {
  program
    .command("pin")
    .description("keep copies of the external data that a query reads, and write their check sums to a lock file")
    .argument("<file>", "as for run")
    .option("--allow-net <host>", "fetch from this host", collect, [])
    .action(async (file: string, options) => {
      const { pin } = await import("./commands/pin.ts");
      result.code = await pin(file, options);
    });
}

function addSchema(program: Command, result: Result): void {
  program
    .command("schema")
    .description("say which columns a data file has, and why their types are what they are")
    .argument("<file>", "a data file")
    .option("-t, --table <name>", "the table it stands for (default: the name of the file)")
    .option("--json", "as the schema file that would declare the same")
    .action(async (file: string, options) => {
      const { schema } = await import("./commands/schema.ts");
      result.code = await schema(file, options);
    });
}

function addFunctions(program: Command, result: Result): void {
  program
    .command("functions")
    .description("list functions, aggregates and plugins; or explain one")
    .argument("[name]", "a function, aggregate or plugin")
    .action(async (name: string | undefined) => {
      const { functions } = await import("./commands/functions.ts");
      result.code = await functions(name);
    });
}

/** A bare `--profile` takes no file: the word behind it is the query's. */
export function spelledOut(args: readonly string[]): string[] {
  return args.map((arg) => (arg === "--profile" ? "--profile=" : arg));
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is not a number, 0 or more.");
  return Number(text);
}
