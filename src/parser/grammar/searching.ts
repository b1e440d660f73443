import { PartitionGrammar } from "./partitions.ts";

/** The layer that reads operators over several tables: search, find. */
export abstract class SearchGrammar extends PartitionGrammar {}
