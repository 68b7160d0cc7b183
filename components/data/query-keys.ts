/** Under which what is read of an organization is kept, so that nothing of one is ever shown in another. */
export const keysOf =
  (organization: string) =>
  (...parts: readonly unknown[]): readonly unknown[] => [organization, ...parts];

/** What changes with every call. */
export const MOVING = ["transactions", "usage", "events", "keys", "grants"] as const;
