/** The parameters of a browser that returns from the payment provider. */
import { TollgateError } from "@/lib/kernel/errors";
import { formatMinor } from "@/lib/kernel/minor-units";
import type { OrganizationPaths } from "@/lib/kernel/paths";
import { type RefreshedPayment, refreshPayment, syncCards } from "@/lib/payments";
import type { PaymentAnswer } from "@/lib/payments/schema";
import type { Context } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";

/** Nothing for an id that is not one of the organization's payments. */
export async function readReturned(ctx: Context, id: string): Promise<RefreshedPayment | undefined> {
  try {
    return await refreshPayment(ctx, { id });
  } catch (error) {
    if (error instanceof TollgateError && error.code === "not_found") return undefined;
    throw error;
  }
}

/** The provider's event does the same later when this fails. */
export async function syncReturnedCards(ctx: Context): Promise<void> {
  await syncCards(ctx).catch((error) => log.warn({ err: (error as Error).message }, "cards were not read this time"));
}

/** The page on which the same is bought again. */
export function againAt({ purpose, pack, money }: PaymentAnswer, digits: number, paths: OrganizationPaths): string {
  if (purpose === "plan") return paths.subscription;
  if (pack !== null) return `${paths.addFunds}?pack=${encodeURIComponent(pack)}`;
  return `${paths.addFunds}?amount=${formatMinor(BigInt(money.amount), digits)}`;
}
