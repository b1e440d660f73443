import { type ILookaheadStrategy, LLkLookaheadStrategy } from "chevrotain";

/**
 * Chevrotain's own strategy, asked at the first use of each decision: a query meets a few of the grammar's some
 * hundred, and working them all out beforehand is most of what it costs to make a parser.
 */
export function lookaheadWhenAsked(maxLookahead: number): ILookaheadStrategy {
  const eager = new LLkLookaheadStrategy({ maxLookahead });
  return {
    validate: (options) => eager.validate(options),
    buildLookaheadForAlternation: (options) => whenAsked(() => eager.buildLookaheadForAlternation(options)),
    buildLookaheadForOptional: (options) => whenAsked(() => eager.buildLookaheadForOptional(options)),
  };
}

function whenAsked<Args extends unknown[], Chosen>(build: () => (...args: Args) => Chosen): (...args: Args) => Chosen {
  let look: ((...args: Args) => Chosen) | undefined;
  return function (this: unknown, ...args) {
    look ??= build();
    return look.apply(this, args);
  };
}
