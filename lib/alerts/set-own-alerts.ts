import { audited } from "@/lib/audit";
import { TollgateError } from "@/lib/kernel/errors";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { writeOwnChoice } from "./alert-store";
import type { SetOwnAlerts } from "./schema";

/**
 * Sets whether the acting member gets the mails about the balance of this organization. Others keep theirs.
 * Errors: forbidden (not a member), not_found.
 */
export async function setOwnAlerts(ctx: Context, { mails }: SetOwnAlerts): Promise<void> {
  const { actor } = ctx;
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only a member may choose their own mails.");
  mayRead(ctx);
  const after = mails === "on";
  await audited(ctx, async (client) => {
    const before = await writeOwnChoice(client, ctx, actor.userId, after);
    if (before === null) throw new TollgateError("not_found", "You are not a member of this organization.");
    const object = { type: "member", id: actor.userId } as const;
    const words = { before: { mails: before }, after: { mails: after } };
    const audit = { action: "member.mails_changed", object, ...words } as const;
    return { answer: undefined, audit: before === after ? null : audit };
  });
}
