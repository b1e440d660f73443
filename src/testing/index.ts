export { type Difference, differenceBetween } from "./compare.ts";
export { type Failure, type Rewrite, rewriteFile, runCase, type Verdict } from "./run-case.ts";
export { parseTable, printTable, type StatedTable } from "./tables.ts";
export { defaultNow, type Expectation, parseTestFile, type Settings, type TestCase } from "./test-file.ts";
