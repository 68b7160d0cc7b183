import { TollgateError } from "@/lib/kernel/errors";
import { requirePermission } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { withCustomer } from "../customers/ensure-customer";
import type { ReturnTo } from "../payment/open-checkout";
import { stripe } from "../provider/client";
import { mapProviderErrors, unavailable } from "../provider/provider-error";

/**
 * Opens the provider's page on which a card is saved without being charged. It is listed once the browser is back, or
 * the provider has told of it. `currency` in capitals. Errors: forbidden, upstream_failed.
 */
export async function addCard(ctx: Context, to: ReturnTo & { currency: string }): Promise<{ redirect: string }> {
  requirePermission(ctx, "billing.manage");
  const metadata = { organization: ctx.organizationId };
  const { url } = await mapProviderErrors(() =>
    withCustomer(ctx, (customer) =>
      stripe().checkout.sessions.create({
        mode: "setup",
        customer,
        currency: to.currency.toLowerCase(),
        allowed_payment_method_types: ["card"],
        metadata,
        setup_intent_data: { metadata },
        success_url: to.success,
        cancel_url: to.cancel,
      }),
    ),
  );
  if (!url) throw unavailable();
  return { redirect: url };
}

/** Errors: not_found, also for another organization's and for one that was removed. */
export function noSuchCard(): TollgateError {
  return new TollgateError("not_found", "There is no saved card with this id.");
}
