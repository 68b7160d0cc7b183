import { TollgateError } from "@/lib/kernel/errors";
import type { InstallationContext } from "@/lib/platform/context";
import { runBatch } from "./batch-store";
import { coalescer } from "./coalescer";
import type { Lane } from "./lane";
import type { Operation, Outcome } from "./operation";

/**
 * With `simulatedAt`, a call happens at that time and alone, or with the others of its `simulated` lane: for tests and
 * demo data, never in production.
 */
export type GateContext = InstallationContext & { simulatedAt?: Date; simulated?: Lane };

/** The gate's verbs are the gateway's; the operator's and jobs' own tools may use them as well. Errors: forbidden. */
export function requireGateway({ actor }: GateContext): string | null {
  if (actor.type === "gateway") return actor.secretId;
  if (actor.type === "operator" || actor.type === "job") return null;
  throw new TollgateError("forbidden", "Only a gateway secret may hold, settle and charge.");
}

export async function submit(ctx: GateContext, operation: Operation): Promise<Outcome> {
  if (!ctx.simulatedAt) return coalescer().submit(operation);
  const { simulated } = ctx;
  if (simulated) {
    return new Promise((resolve, reject) => {
      simulated.add({ operation, since: performance.now(), resolve, reject });
    });
  }
  const [outcome] = await runBatch(ctx.db.gate, [operation], { now: ctx.simulatedAt });
  return outcome as Outcome;
}
