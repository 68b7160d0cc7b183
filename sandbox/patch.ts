/** How Stripe changes metadata: names are added or replaced, an empty value takes one away, "" takes all. */
export function merged(
  old: Readonly<Record<string, string>> | null,
  change: Readonly<Record<string, string>>,
): Record<string, string> {
  if (Object.keys(change).length === 0) return {};
  return Object.fromEntries(Object.entries({ ...old, ...change }).filter(([, value]) => value !== ""));
}
