/**
 * Thrown by a kernel, an aggregate or a plugin when an argument has no meaning: a malformed regex, a bin size of zero.
 * Whoever called it knows the place in the query and turns it into a diagnostic.
 */
export class Refusal extends Error {
  /** Position or name of the argument at fault. */
  readonly argument: number | string;

  constructor(argument: number | string, message: string) {
    super(message);
    this.name = "Refusal";
    this.argument = argument;
  }
}
