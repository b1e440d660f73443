export { type KqlInputs, type KqlResult, kql } from "./node/kql.ts";
export { type ExpectedRows, toMatchRows } from "./node/match-rows.ts";
export { type Difference, differenceBetween } from "./testing/compare.ts";
export { type Failure, type Rewrite, rewriteFile, runCase, type Verdict } from "./testing/run-case.ts";
export { parseTable, printTable, type StatedTable } from "./testing/tables.ts";
export { defaultNow, type Expectation, parseTestFile, type Settings, type TestCase } from "./testing/test-file.ts";
