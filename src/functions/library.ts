/**
 * Code that is too large for every query to pay for: loaded when a query first calls a function that declares it.
 * Kernels are synchronous, so the binder asks for it before any of them runs.
 */
export interface Library<T = unknown> {
  readonly isLoaded: () => boolean;
  readonly load: () => Promise<void>;
  /** The module; an error before it is loaded. */
  readonly get: () => T;
}

export function library<T>(load: () => Promise<T>): Library<T> {
  let loaded: { readonly module: T } | undefined;
  return {
    isLoaded: () => loaded !== undefined,
    load: async () => {
      loaded ??= { module: await load() };
    },
    get: () => {
      if (!loaded) throw new Error("a function runs before its library is loaded");
      return loaded.module;
    },
  };
}

/** Thrown out of the binder when a query calls a function whose library is not there yet: load it and bind again. */
export class NeedsLibrary extends Error {
  readonly load: () => Promise<void>;

  constructor({ load }: Library) {
    super("the library of a function is not loaded yet");
    this.load = load;
  }
}
