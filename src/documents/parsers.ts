import { ruleQueries } from "./rules.ts";

/** The functions that a YAML or JSON file stores, each as the command that creates it; none where it is not to be read. */
export function parserTexts(name: string, text: string): readonly { readonly name: string; readonly text: string }[] {
  const found = ruleQueries(name, text);
  if ("message" in found) return [];
  return found.flatMap(({ text: query, stored }) => {
    const { names = [], parameters = "", head = "" } = stored ?? {};
    const body = query.slice(head.length);
    return names.map((one) => ({ name, text: `.create function ${one}(${parameters}) {\n${body}\n}` }));
  });
}
