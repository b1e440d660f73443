import { PieceGrammar } from "./pieces.ts";

/** The layer that reads operators which take text apart: parse, parse-where, parse-kv. */
export abstract class ParsingGrammar extends PieceGrammar {}
