import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { requireOperator } from "@/lib/platform/authorize";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { type EventState, readWebhookEvents, requeueEvent, type StoredEvent } from "./event-store";

const MOST = 100;

/** The latest events of the provider, without their content. Errors: forbidden. */
export async function listWebhookEvents(
  ctx: InstallationContext,
  { state = null, most = MOST }: { state?: EventState | null; most?: number },
): Promise<StoredEvent[]> {
  requireOperator(ctx.actor, "read events of the payment provider");
  return readWebhookEvents(ctx, state, Math.min(most, MOST));
}

/**
 * Puts an event back into the queue, whatever became of it: the worker applies it within about a second. What was done
 * before is not done twice. Errors: forbidden, not_found.
 */
export async function replayEvent(ctx: InstallationContext, { id }: { id: string }): Promise<{ type: string }> {
  requireOperator(ctx.actor, "replay events of the payment provider");
  return audited(aboveOrganizations(ctx), async (client) => {
    const event = await requeueEvent(client, id, ctx.now);
    if (!event) throw new TollgateError("not_found", "There is no event with this id.");
    const object = { type: "webhook", id, name: event.type } as const;
    return {
      answer: { type: event.type },
      audit: { action: "webhook.replayed", object, before: { state: event.state } },
    };
  });
}
