import { Command, InvalidArgumentError, Option } from "commander";
import { packNames } from "../readers/catalogue/pack-names.ts";
import { checkFormats } from "./check/format-names.ts";
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
  addTest(program, version, result);
  addPipe(program, result);
  addCheck(program, result);
  addPin(program, result);
  addSchema(program, result);
  addFunctions(program, result);
  addFmt(program, result);
  addExplain(program, result);
  addWhy(program, result);
  addDiff(program, result);
  addReplay(program, result);
  addInit(program, result);
  return program;
}

function addRun(program: Command, result: Result): void {
  withFixtures(program.command("run"))
    .description("run the query of a .kql file, of a YAML rule, or those of a Markdown page")
    .argument("[file]", "FILE, PAGE.md#2, PAGE.md#heading, or - for the standard input")
    .option("-e, --execute <text>", "run this text instead of a file")
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

function addTest(program: Command, version: string, result: Result): void {
  program
    .command("test")
    .description("run the tests of queries and detection rules: *.test.yaml and *.test.kql")
    .argument("[paths...]", "files and folders (default: the working directory)")
    .option("-t, --filter <text>", "only tests with this text in their path or name")
    .option("--tag <tag>", "only tests with this tag", collect, [])
    .option("--failed", "only tests that failed the last time")
    .option("--changed [ref]", "only tests of what differs from a commit (default: HEAD)")
    .option("-w, --watch", "run again what depends on a file that changes")
    .option("-u, --update", "write snapshots, and the results of .test.kql files, anew")
    .option("--bail [failures]", "stop after so many failures (default: 1)", positiveNumber)
    .option(
      "--coverage [percent]",
      "say which conditions of the query the tests do not reach; fail below PERCENT",
      percent,
    )
    .option("--coverage-file <file>", "write the coverage as a page (.html) or for other tools (.lcov)")
    .option("--mutation [percent]", "say which changes to the query no test notices; fail below PERCENT", percent)
    .option(
      "-j, --jobs [files]",
      "run so many files at a time (default: as many as there are processors)",
      positiveNumber,
    )
    .option("--timeout <duration>", "stop a test after 10s, 500ms")
    .option("--strict", "refuse what a test leaves to chance: the time, types, which rows take leaves")
    .option(
      "--reporter <list>",
      "pretty, junit, tap, github, sarif, json, md; junit=FILE writes to a file",
      collect,
      [],
    )
    .action(async (paths: readonly string[], options) => {
      const { test } = await import("./commands/test.ts");
      result.code = await test(paths, options, version);
    });
  program.command("test-worker", { hidden: true }).action(async () => {
    const { testWorker } = await import("./testing/worker.ts");
    await testWorker();
  });
}

function addPipe(program: Command, result: Result): void {
  surroundings(program.command("pipe"))
    .description("answer queries from the standard input, one JSON object a line")
    .action(async (options) => {
      const { pipe } = await import("./commands/pipe.ts");
      result.code = await pipe(options);
    });
}

function addCheck(program: Command, result: Result): void {
  program
    .command("check")
    .description("read queries without running them, and say what is wrong or hardly meant")
    .argument("<path...>", "files as for run, and folders, which are searched for .kql, .md, .yaml and .json")
    .option("-s, --schema <name>", `${packNames.join(", ")}, or a file of tables`, collect, [])
    .addOption(new Option("-f, --format <format>", "how to say it").choices(checkFormats).default("pretty"))
    .action(async (paths: readonly string[], options) => {
      const { check } = await import("./commands/check.ts");
      result.code = await check(paths, options);
    });
}

/** Options for what stands around the tables where Microsoft runs queries. */
function surroundings(command: Command): Command {
  return command
    .option("--functions <path>", "stored functions: a .kql file, a parser in YAML, or a folder of them", collect, [])
    .option("-w, --watchlist <name=file>", "for _GetWatchlist; NAME:COLUMN=FILE names the search key", collect, [])
    .option("--database <name=dir>", "tables of database(NAME), workspace(NAME), arg, …", collect, [])
    .option("--file-profiles <file>", "what FileProfile knows of files")
    .option("--locations <file>", "what geo_info_from_ip_address knows: network, country, state, city, …")
    .option("--ingestion-time <column>", "the column that ingestion_time() stands for")
    .option("--time-generated <column>", "the column that is TimeGenerated in tables without one")
    .option("--identity <name=value>", "what current_principal() and its kin give", collect, []);
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

function addWhy(program: Command, result: Result): void {
  withFixtures(
    program
      .command("why")
      .description("follow rows of a table through a query: what dropped them, or where they end")
      .argument("<file>", "FILE, PAGE.md#2, PAGE.md#heading: one query"),
  )
    .option("--row <condition>", "the rows to follow: KQL over the columns of the table")
    .option("--in <table>", "the table to look in (default: every one that has the columns)")
    .option("--because", "the other way round: the rows behind each row of the result")
    .option("--limit <rows>", "show at most this many rows (default: 20)", wholeNumber)
    .action(async (file: string, options) => {
      const { why } = await import("./commands/why.ts");
      result.code = await why(file, options);
    });
}

function addDiff(program: Command, result: Result): void {
  withFixtures(
    program
      .command("diff")
      .description("say which result rows two versions of a query do not share; ends with 1 when there are any")
      .argument("<before>", "as for why, or REVISION:PATH of a git repository")
      .argument("<after>", "the same"),
  )
    .option("-f, --format <format>", `${formatNames.join(", ")} (default: pretty on a terminal, else csv)`)
    .option("-o, --output <file>", "write to a file; its ending names the format")
    .option("--limit <rows>", "show at most this many rows", wholeNumber)
    .option("--width <columns>", "columns of the terminal", wholeNumber)
    .action(async (before: string, after: string, options) => {
      const { diff } = await import("./commands/diff.ts");
      result.code = await diff(before, after, options);
    });
}

function addReplay(program: Command, result: Result): void {
  withData(
    program
      .command("replay")
      .description("run a rule on its schedule over rows that arrive late: what it misses, what it alerts twice")
      .argument("<rule>", "as for why"),
  )
    .requiredOption("--from <datetime>", "when the first run is due")
    .requiredOption("--to <datetime>", "no run is due behind it")
    .option(
      "--delay <duration>",
      "how long behind its time a row arrives, where --ingestion-time names no column",
      "0s",
    )
    .option(
      "--run-delay <duration>",
      "how long behind the time at which it is due a run looks (default: 5m, as Sentinel does; 0s for Defender)",
    )
    .option("-f, --format <format>", "pretty, json (default: pretty)")
    .option("--limit <rows>", "show at most this many rows of each kind (default: 20)", wholeNumber)
    .action(async (rule: string, options) => {
      const { replay } = await import("./commands/replay.ts");
      result.code = await replay(rule, options);
    });
}

/** Where rows come from, and what time it is. */
function withFixtures(command: Command): Command {
  return withData(command).option("--now <datetime>", "what now() says (default: the time of day)");
}

function withData(command: Command): Command {
  return surroundings(command)
    .option("-d, --data <dir>", "folder of tables: the name of a file is the name of its table", collect, [])
    .option("-t, --table <name=file>", "a table from a file", collect, [])
    .option("-x, --external <url=file>", "what externaldata reads for an address", collect, [])
    .option("--allow-net <host>", "let externaldata fetch from this host", collect, [])
    .option("--lock <file>", "pinned external data (default: kqlite.lock.json beside the query or above)")
    .option("-p, --param <name=value>", "a value for declare query_parameters", collect, []);
}

function addExplain(program: Command, result: Result): void {
  withFixtures(program.command("explain"))
    .description("say what a query does, pipe by pipe: the columns after each, or the rows")
    .argument("[file]", "as for run")
    .option("-e, --execute <text>", "explain this text instead of a file")
    .option("--rows", "run the query, and show what comes out of every pipe")
    .option("--limit <rows>", "with --rows: show this many rows of each (default: 3)", wholeNumber)
    .option("--ast", "show the syntax tree")
    .option("--plan", "show the plan, as it is bound and as it is optimized")
    .option("--optimized", "show the optimized plan alone")
    .option("-f, --format <format>", "pretty, json (default: pretty)")
    .option("--width <columns>", "columns of the terminal", wholeNumber)
    .action(async (file: string | undefined, options) => {
      const { explain } = await import("./commands/explain.ts");
      result.code = await explain(file, options);
    });
}

function addFmt(program: Command, result: Result): void {
  program
    .command("fmt")
    .description("lay queries out: docs/format.md")
    .argument("<path...>", "files and folders of .kql, .md and .yaml files, or - for the standard input")
    .option("--check", "list the files that would change; exit with 1 if there are any")
    .option("--write", "change the files in place")
    .action(async (paths: readonly string[], options) => {
      const { fmt } = await import("./commands/fmt.ts");
      result.code = await fmt(paths, options);
    });
}

function addInit(program: Command, result: Result): void {
  program
    .command("init")
    .description("write a first test spec for a rule: rows that make it fire, and a near miss for each predicate")
    .argument("<rule>", "as for run")
    .option("-s, --schema <file>", `${packNames.join(", ")}, or a file of tables`, collect, [])
    .option("-d, --data <dir>", "folder of tables, for their columns", collect, [])
    .option("-x, --external <url=file>", "what externaldata reads for an address", collect, [])
    .option("-p, --param <name=value>", "a value for declare query_parameters", collect, [])
    .option("--now <datetime>", "what now() says in the tests (default: 2025-01-15T12:00:00Z)")
    .option("--ingestion-time <column>", "the column that ingestion_time() stands for (default: that of the time)")
    .option("-o, --output <file>", "the spec (default: RULE.test.yaml beside the rule)")
    .option("--force", "write over a spec that exists")
    .action(async (rule: string, options) => {
      const { init } = await import("./commands/init.ts");
      result.code = await init(rule, options);
    });
}

/** A bare `--profile` takes no file: the word behind it is the query's. */
export function spelledOut(args: readonly string[]): string[] {
  return args.map((arg) => (arg === "--profile" ? "--profile=" : arg));
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function percent(text: string): number {
  if (!/^(100|\d{1,2})$/.test(text)) throw new InvalidArgumentError("It is not a percentage, 0 to 100.");
  return Number(text);
}

function positiveNumber(text: string): number {
  const number = wholeNumber(text);
  if (number === 0) throw new InvalidArgumentError("It is not a number, 1 or more.");
  return number;
}

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError("It is not a number, 0 or more.");
  return Number(text);
}
