import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { cardLabel } from "@/lib/payments";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { AutoTopUpHistory } from "./auto-schema";
import { readHistory } from "./auto-store";

const MOST = 20;

/** The latest automatic payments, also those that failed, the newest first. Errors: not_found. */
export async function autoTopUpHistory(ctx: Context): Promise<AutoTopUpHistory> {
  mayRead(ctx);
  const { scale } = currentCatalogue().catalogue.unit;
  return (await readHistory(ctx, MOST)).map((row) => ({
    id: publicId("pay", ctx.organizationId, row.id),
    state: row.state,
    money: { amount: row.amount.toString(), currency: row.currency },
    credit: formatAmount(row.credit, scale),
    description: row.description,
    card: row.card ?? (row.last4 && cardLabel(row)),
    failure: row.failureMessage === null ? null : { code: row.failureCode, message: row.failureMessage },
    createdAt: row.createdAt.toISOString(),
    settledAt: row.settledAt?.toISOString() ?? null,
  }));
}
