import { TollgateError } from "@/lib/kernel/errors";
import type { InstallationContext } from "@/lib/platform/context";
import { runBatch } from "./batch-store";
import { isWorkingSecret } from "./call-store";
import { coalescer } from "./coalescer";
import type { Lane } from "./lane";
import type { Operation, Outcome } from "./operation";

/** A batch's item enters the lane after `before`, and says by `enter` that it has. */
export type Turn = { before: Promise<unknown>; enter(): void };

/**
 * With `simulatedAt`, a call happens at that time and alone, or with the others of its `simulated` lane: for tests and
 * demo data, never in production.
 */
export type GateContext = InstallationContext & { simulatedAt?: Date; simulated?: Lane; turn?: Turn };

/** The gate's verbs are the gateway's; the operator's and jobs' own tools may use them as well. Errors: forbidden. */
export function requireGateway({ actor }: GateContext): string | null {
  if (actor.type === "gateway") return actor.secretId;
  if (actor.type === "operator" || actor.type === "job") return null;
  throw new TollgateError("forbidden", "Only a gateway secret may hold, settle and charge.");
}

/**
 * A call's credentials are checked when it is decided. What is done before that, or without a decision, checks them
 * here. Errors: unauthenticated.
 */
export async function requireWorkingSecret({ actor, db }: GateContext): Promise<void> {
  if (actor.type !== "gateway") return;
  if (!(await isWorkingSecret(db, actor.secretId)))
    throw new TollgateError("unauthenticated", "The credential is missing or wrong.");
}

function intoLane({ simulatedAt, simulated }: GateContext, operation: Operation): Promise<Outcome> | undefined {
  if (!simulatedAt) return coalescer().submit(operation);
  if (!simulated) return undefined;
  return new Promise((resolve, reject) => {
    simulated.add({ operation, since: performance.now(), resolve, reject });
  });
}

export async function submit(ctx: GateContext, operation: Operation): Promise<Outcome> {
  const { turn } = ctx;
  if (turn) await turn.before;
  const entered = intoLane(ctx, operation);
  if (entered) {
    turn?.enter();
    return entered;
  }
  const [outcome] = await runBatch(ctx.db.gate, [operation], { now: ctx.simulatedAt });
  return outcome as Outcome;
}
