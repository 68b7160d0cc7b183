import { TollgateError } from "@/lib/kernel/errors";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { stripe } from "../provider/client";
import { mapProviderErrors } from "../provider/provider-error";
import { hasInvoice } from "./invoice-store";

const noSuchInvoice = () => new TollgateError("not_found", "There is no such invoice.");

/**
 * Where an invoice's PDF is now: the provider's addresses are good for some days only, so they are requested each time.
 * Errors: not_found (also another organization's), upstream_failed.
 */
export async function invoiceFile(ctx: Context, { id }: { id: string }): Promise<{ url: string }> {
  mayRead(ctx);
  if (!(await hasInvoice(ctx, id))) throw noSuchInvoice();
  const invoice = await mapProviderErrors(() => stripe().invoices.retrieve(id));
  const url = invoice.invoice_pdf ?? invoice.hosted_invoice_url;
  if (!url) throw noSuchInvoice();
  return { url };
}
