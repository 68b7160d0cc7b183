import { audited } from "@/lib/audit";
import { checkInput } from "@/lib/kernel/input";
import type { Context } from "@/lib/platform/context";
import { requireSelf } from "../permission";
import { endAllSessionsSchema } from "../schema";
import { deleteSessions } from "./session-store";

/**
 * Signs the user out everywhere; `keep` names the session that stays. Returns how many ended. Errors: forbidden,
 * validation_failed.
 */
export async function endAllSessions(ctx: Context, input: { keep?: string }): Promise<number> {
  const userId = requireSelf(ctx);
  const { keep } = checkInput(endAllSessionsSchema, input);
  return audited(ctx, async (client) => {
    const ended = await deleteSessions(client, userId, keep ?? null);
    const audit = { action: "session.ended", object: { type: "session" }, after: { ended } } as const;
    return { answer: ended, audit: ended > 0 ? audit : null };
  });
}
