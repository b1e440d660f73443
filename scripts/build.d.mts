export function buildCli(): Promise<void>;
/** Builds the command line when it is missing or older than a source; gives its path. */
export function freshCli(): Promise<string>;
