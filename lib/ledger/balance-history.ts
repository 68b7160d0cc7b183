import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { readClosings } from "./posted-store";
import type { BalanceHistory, BalanceHistoryQuery } from "./schema";

/** The balance at the end of each of the last days of the organization's calendar and of today. Errors: not_found. */
export async function balanceHistory(ctx: Context, { days }: BalanceHistoryQuery): Promise<BalanceHistory> {
  mayRead(ctx);
  const { scale } = currentCatalogue().catalogue.unit;
  const closings = await queryOrganization(ctx.db, ctx.organizationId, (client) =>
    readClosings(client, ctx.organizationId, ctx.now, days),
  );
  if (!closings) throw new TollgateError("not_found", "There is no such organization.");
  return { days: closings.map(({ date, closing }) => ({ date, closing: formatAmount(closing, scale) })) };
}
