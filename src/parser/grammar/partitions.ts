import { SeriesGrammar } from "./series.ts";

/** The layer that reads operators which hold pipelines or levels of their own: partition, top-nested, scan, fork, facet. */
export abstract class PartitionGrammar extends SeriesGrammar {}
