import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { readAlert, readOwnChoice } from "./alert-store";
import { FIRST_STATE } from "./plan-alert";
import type { AlertsAnswer } from "./schema";

/** The rule of an organization, and the reader's own choice. Errors: not_found. */
export async function readAlerts(ctx: Context): Promise<AlertsAnswer> {
  mayRead(ctx);
  const { scale } = currentCatalogue().catalogue.unit;
  const { actor, organizationId } = ctx;
  return queryOrganization(ctx.db, organizationId, async (client) => {
    const { levelMails: levels, threshold } = (await readAlert(client, organizationId)) ?? FIRST_STATE;
    const own = actor.type === "user" ? await readOwnChoice(client, organizationId, actor.userId) : null;
    return { levels, threshold: threshold === null ? null : formatAmount(threshold, scale), own };
  });
}
