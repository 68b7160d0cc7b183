export type Toast = { text: string; kind: "success" | "error" | "message" };

const waiting: Toast[] = [];
const listeners = new Set<() => void>();
let count = 0;

/** Shows a message for a few seconds. The code that draws toasts is loaded with the first one. */
export function toast(text: string, kind: Toast["kind"] = "message"): void {
  waiting.push({ text, kind });
  count += 1;
  for (const listener of listeners) listener();
}

/** Messages that are not shown yet. */
export const takeToasts = (): Toast[] => waiting.splice(0);

/** The number of messages since the page was opened. */
export const countToasts = (): number => count;

export function subscribeToToasts(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
