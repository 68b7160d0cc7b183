import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { closesAt, stateOf } from "./build-statement";
import type { StatementList } from "./schema";
import { readMonths } from "./statement-store";

/** Every month of the organization, the latest (the running one) first. Errors: not_found. */
export async function listStatements(ctx: Context): Promise<StatementList> {
  mayRead(ctx);
  const { organizationId, now } = ctx;
  const { code, scale } = currentCatalogue().catalogue.unit;
  const months = await queryOrganization(ctx.db, organizationId, (client) => readMonths(client, organizationId, now));
  if (months.length === 0) throw new TollgateError("not_found", "There is no such organization.");
  return {
    data: months.reverse().map((month) => ({
      month: month.month,
      state: stateOf(month, now),
      startsAt: month.startsAt.toISOString(),
      endsAt: month.endsAt.toISOString(),
      closesAt: closesAt(month).toISOString(),
      unit: code,
      opening: formatAmount(month.opening, scale),
      closing: formatAmount(month.closing, scale),
      transactions: jsonCount(month.toSeq - month.fromSeq),
      hash: month.hash,
    })),
  };
}
