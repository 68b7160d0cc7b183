import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { checkInput } from "@/lib/kernel/input";
import type { Context } from "@/lib/platform/context";
import { sessionHash } from "@/lib/platform/session";
import { requireSelf } from "../permission";
import { endSessionSchema } from "../schema";
import { deleteSession, findSession } from "./session-store";
import { asUser, type Visit } from "./visit";

/** Ends one of the user's own sessions, at its very next request. Errors: forbidden, not_found, validation_failed. */
export async function endSession(ctx: Context, input: { id: string }): Promise<void> {
  const userId = requireSelf(ctx);
  const { id } = checkInput(endSessionSchema, input);
  await audited(ctx, async (client) => {
    const ended = await deleteSession(client, userId, id);
    if (!ended) throw new TollgateError("not_found", "There is no such session.");
    return { answer: undefined, audit: { action: "session.ended", object: { type: "session", id } } };
  });
}

/** The same by the cookie's token, which is all that a browser without an organization has; one that is ended stays so. */
export async function endSessionOfToken(visit: Visit, token: string): Promise<void> {
  const found = await findSession(visit.db, sessionHash(token));
  if (!found) return;
  await audited(await asUser(visit, found.userId), async (client) => {
    const ended = await deleteSession(client, found.userId, found.id);
    const audit = { action: "session.ended", object: { type: "session", id: found.id } } as const;
    return { answer: undefined, audit: ended ? audit : null };
  });
}
