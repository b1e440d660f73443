import { ParsingGrammar } from "./parsing.ts";

/** The layer that reads operators which make arrays and run over them: make-series, mv-apply. */
export abstract class SeriesGrammar extends ParsingGrammar {}
