/** Switches for tests: the next requests that match fail, before or after their work, or are never answered. */
import { z } from "zod";
import { matchPath } from "./route";

export const faultSchema = z.strictObject({
  /** `POST /v1/payment_intents`, `* /v1/refunds/:id` */
  match: z.string().regex(/^(?:[A-Z]+|\*) \/\S*$/),
  /**
   * `before`: 500 and nothing is done. `after`: 500, and it is done; the 500 is kept under the key. `timeout`: done, and
   * never answered. `hang`: not done, and never answered. `reset`: done, and the connection is cut. `drop`: not done, and
   * the connection is cut. `truncated`: done, and half the answer. `429`, `503`: refused, not done.
   */
  kind: z.enum(["before", "after", "timeout", "hang", "reset", "drop", "truncated", "429", "503"]),
  times: z.int().min(1).default(1),
});
export type Fault = z.output<typeof faultSchema>;
export type FaultKind = Fault["kind"];

export const doesWork = (kind: FaultKind) => ["after", "timeout", "reset", "truncated"].includes(kind);

export class FaultSwitch {
  readonly #set: Fault[] = [];

  add(fault: Fault): void {
    this.#set.push({ ...fault });
  }

  clear(): void {
    this.#set.length = 0;
  }

  list(): readonly Fault[] {
    return this.#set;
  }

  /** The fault for this request, counted down. */
  take(method: string, path: string): FaultKind | undefined {
    const index = this.#set.findIndex(({ match }) => {
      const [wanted = "", pattern = ""] = match.split(" ");
      return (wanted === "*" || wanted === method) && matchPath(pattern, path) !== undefined;
    });
    const fault = this.#set[index];
    if (!fault) return undefined;
    fault.times -= 1;
    if (fault.times === 0) this.#set.splice(index, 1);
    return fault.kind;
  }
}
