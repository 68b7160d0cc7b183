/** The hosted page of an invoice: its items, and the way to pay it. */

import { html } from "hono/html";
import type Stripe from "stripe";
import { newCard } from "../bank";
import { cardFault, invalid, StripeFault } from "../fault";
import { payInvoice } from "../invoice-payment";
import { moneyText } from "../money-text";
import { idOf, type World } from "../world";
import { cardFields, readCard, testCards } from "./card-form";
import type { Answer } from "./checkout-page";

export function invoiceNamed(world: World, id: string): Stripe.Invoice {
  const invoice = world.store.get("invoice", id);
  if (!invoice || invoice.status === "draft") throw invalid(`No such invoice: '${id}'`, "resource_missing");
  return invoice;
}

function cardsOf(world: World, invoice: Stripe.Invoice): Stripe.PaymentMethod[] {
  return world.store.all("payment_method").filter((method) => method.customer === invoice.customer);
}

export function showInvoice(world: World, id: string, error: string | null = null): Answer {
  const invoice = invoiceNamed(world, id);
  const money = (amount: number) => moneyText(amount, invoice.currency);
  const said = error ?? lastError(world, invoice);
  const pays = invoice.status === "open" || invoice.status === "uncollectible";
  return {
    status: 200,
    title: `Invoice ${invoice.number ?? ""}`,
    body: html`<section ${!pays && html`class="whole"`}>
        ${world.pages() === null && html`<a class="back" href="/">Back</a>`}
        <h1>Invoice ${invoice.number}</h1>
        <p class="sum">${money(pays ? invoice.amount_remaining : invoice.total)}</p>
        <p><span class="state">${pays ? "Open" : invoice.status === "paid" ? "Paid" : "Void"}</span></p>
        <table>
          ${invoice.lines.data.map((line) => html`<tr><td>${line.description ?? "Payment"}</td><td>${money(line.amount)}</td></tr>`)}
          <tr class="total"><td>Total</td><td>${money(invoice.total)}</td></tr>
        </table>
        <p><a href="/sandbox/invoices/${id}/pdf">Download the PDF</a></p>
      </section>
      ${
        pays &&
        html`<section class="card"><h2>Card</h2>
        <form method="post" action="/sandbox/invoices/${id}">
          ${said && html`<p class="error" role="alert">${said}</p>`}
          ${cardFields({ saved: cardsOf(world, invoice), email: null, askEmail: false })}
          <button type="submit">Pay ${money(invoice.amount_remaining)}</button>
        </form>${testCards()}</section>`
      }`,
  };
}

/** The result of the customer's last try. */
function lastError(world: World, invoice: Stripe.Invoice): string | null {
  const payment = world.store.all("invoice_payment").findLast((one) => one.invoice === invoice.id);
  const intent = world.store.get("payment_intent", idOf(payment?.payment.payment_intent) ?? "");
  return intent?.last_payment_error?.message ?? null;
}

export function submitInvoice(world: World, id: string, form: URLSearchParams): Answer {
  const invoice = invoiceNamed(world, id);
  const page = `${world.pagesFor()}/sandbox/invoices/${id}`;
  const card = readCard(form);
  if ("error" in card) return showInvoice(world, id, card.error);
  try {
    const made =
      "saved" in card
        ? world.store.get("payment_method", card.saved)
        : newCard(world, { ...card, exp_month: card.month, exp_year: card.year });
    if (!made) throw invalid("Choose a saved card, or enter a new one.");
    if ("message" in made) throw cardFault(made);
    const intent = payInvoice(world, invoice, { method: made.id, offSession: false, returnUrl: page });
    return { to: intent?.next_action?.redirect_to_url?.url ?? page };
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    return showInvoice(world, id, error.message);
  }
}
