/** What the process says when it ends. https://tldp.org/LDP/abs/html/exitcodes.html leaves these to programs. */
export const exitCode = { ok: 0, different: 1, usage: 2, query: 3, data: 4, run: 5 } as const;

/** A command line that makes no sense: one sentence, and what to do instead. */
export class UsageError extends Error {
  readonly help: string | undefined;

  constructor(message: string, help?: string) {
    super(message);
    this.name = "UsageError";
    this.help = help;
  }
}
