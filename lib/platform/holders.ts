/** Where things live that are one of their kind: one of each process, or one of each object, such as a database. */

/**
 * One of each process. Next bundles its own copies of modules, so it lives on globalThis and not in a module; the name
 * is the same in every copy.
 */
export function perProcess<T extends object>(name: string) {
  const key = Symbol.for(`tollgate.${name}`);
  const holder = globalThis as unknown as Record<symbol, T | undefined>;
  return {
    get: (): T | undefined => holder[key],
    /** The one that is there, or a new one. */
    ensure(make: () => T): T {
      holder[key] ??= make();
      return holder[key];
    },
    set(value: T): void {
      holder[key] = value;
    },
    /** Removes it and returns it. */
    take(): T | undefined {
      const held = holder[key];
      delete holder[key];
      return held;
    },
  };
}

/** One for each object, made when it is first asked for and gone with the object: what is kept of a database. */
export function perObject<Owner extends object, T extends object>(make: (owner: Owner) => T): (owner: Owner) => T {
  const made = new WeakMap<Owner, T>();
  return (owner) => {
    const known = made.get(owner) ?? make(owner);
    made.set(owner, known);
    return known;
  };
}
