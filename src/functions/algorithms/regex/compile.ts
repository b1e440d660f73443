import { Refusal } from "../../refusal.ts";
import { compileRegex, type Regex } from "./regex.ts";
import { RegexError } from "./syntax.ts";

/** The compiled pattern; a `Refusal` of that argument when it is none. */
export function regexArgument(pattern: string, argument: number): Regex {
  try {
    return compileRegex(pattern);
  } catch (thrown) {
    if (thrown instanceof RegexError) throw new Refusal(argument, thrown.message);
    throw thrown;
  }
}
