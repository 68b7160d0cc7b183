/** An invoice that will not be paid. */
import type Stripe from "stripe";
import { cancelIntent } from "./intents";
import { idOf, type World } from "./world";

export function voidInvoice(world: World, invoice: Stripe.Invoice): void {
  invoice.status = "void";
  invoice.status_transitions.voided_at = world.now();
  invoice.next_payment_attempt = null;
  world.store.put("invoice", invoice);
  for (const payment of world.store.all("invoice_payment")) {
    if (payment.invoice !== invoice.id || payment.status !== "open") continue;
    world.store.put("invoice_payment", Object.assign(payment, { status: "canceled" }));
    const intent = world.store.get("payment_intent", idOf(payment.payment.payment_intent) ?? "");
    if (intent && payment.is_default && intent.status !== "succeeded" && intent.status !== "canceled")
      cancelIntent(world, intent, "void_invoice");
  }
  world.emit("invoice.voided", invoice);
}
