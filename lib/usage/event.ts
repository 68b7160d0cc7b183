import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import { callTrail } from "@/lib/ledger";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { eventAnswer } from "./event-answer";
import { readEvent } from "./log-store";
import { meterNames } from "./meter-store";
import type { UsageEventDetail } from "./schema";

function notFound(): never {
  throw new TollgateError("not_found", "There is no object with this id.");
}

/**
 * One event, by its own id or by that of its charge or hold, with its hold, its price line by line, the grants that it
 * was taken from and what gave it back. Errors: not_found.
 */
export async function getEvent(ctx: Context, input: { id: string }): Promise<UsageEventDetail> {
  mayRead(ctx);
  const { organizationId } = ctx;
  const { organizationId: owner, id } = requirePublicId(input.id, "evt", "chg", "hold");
  if (owner !== organizationId) notFound();
  const event = await queryOrganization(ctx.db, organizationId, async (client) => {
    const names = await meterNames(client);
    return eventAnswer(
      await readEvent(client, ctx, id),
      organizationId,
      names,
      currentCatalogue().catalogue.unit.scale,
    );
  });
  const trail = (await callTrail(ctx, id)) ?? notFound();
  const { hold, entries, refunds, price } = trail;
  const { lines, version, discountPercent } = price;
  return { ...event, hold, lines, version, discountPercent, entries, refunds };
}
