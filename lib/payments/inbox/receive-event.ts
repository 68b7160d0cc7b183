import Stripe from "stripe";
import { TollgateError } from "@/lib/kernel/errors";
import type { InstallationContext } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/log";
import { insertEvent } from "./event-store";

/** An older or later signature may be a replay of an intercepted request. */
const TOLERANCE_SECONDS = 300;
// An empty secret would let everyone sign; a short one, everyone who tries.
const SHORTEST_SECRET = 16;

const notSigned = () => new TollgateError("malformed", "The signature is missing, wrong or too old.");

/** The secret, and during a rotation the one before it. */
function secrets(): string[] {
  const words = (env().STRIPE_WEBHOOK_SECRET ?? "").split(",").map((word) => word.trim());
  return words.filter((word) => word.length >= SHORTEST_SECRET);
}

/** The SDK takes any time ahead of ours, reads a tolerance of 0 as none, and of several times signs the last. */
function requireRecent(signature: string, now: Date): void {
  const [time = "", ...more] = signature.split(",").filter((part) => part.startsWith("t="));
  const seconds = /^t=(\d{1,12})$/.exec(time)?.[1];
  if (more.length > 0) throw notSigned();
  const apart = Math.abs(now.getTime() / 1_000 - Number(seconds));
  if (!(apart <= TOLERANCE_SECONDS)) throw notSigned();
}

function verified(body: string, signature: string): Stripe.Event {
  for (const secret of secrets()) {
    try {
      // How old it may be was checked above.
      return Stripe.webhooks.constructEvent(body, signature, secret, Number.MAX_SAFE_INTEGER);
    } catch (error) {
      if (!(error instanceof Stripe.errors.StripeSignatureVerificationError)) throw notSigned();
    }
  }
  throw notSigned();
}

/**
 * Takes an event that the provider posted: its signature is checked and it is stored, nothing else; a worker applies
 * it.
 * Only when it is stored is the provider answered, which else posts it again. Errors: malformed (no valid signature of
 * the last or next 300 seconds).
 */
export async function receiveEvent(
  ctx: InstallationContext,
  { body, signature }: { body: string; signature: string | null },
): Promise<{ stored: boolean }> {
  if (signature === null) throw notSigned();
  requireRecent(signature, ctx.now);
  const event = verified(body, signature);
  const { id, type, created, data } = event;
  if (typeof id !== "string" || typeof type !== "string" || typeof created !== "number") throw notSigned();
  const object = (data?.object ?? {}) as { id?: unknown };
  const stored = await insertEvent(ctx, {
    id,
    type,
    objectId: typeof object.id === "string" ? object.id : null,
    // PostgreSQL's JSON holds no NUL. An escaped backslash before u0000 is text that someone typed.
    payload: body.replace(/\\(?:\\|u0000)/g, (part) => (part === "\\\\" ? part : "")),
    createdAt: new Date(created * 1_000),
    now: ctx.now,
  });
  if (stored) log.debug({ event: id, type }, "an event of the payment provider was received");
  return { stored };
}
