/** The hosted page of a Checkout Session. */

import { html } from "hono/html";
import type Stripe from "stripe";
import { sessionNamed } from "../api/checkout-sessions";
import { deskOf, pay, say, successUrl } from "../checkout";
import type { Desk } from "../kinds";
import { moneyText } from "../money-text";
import { saveCard } from "../setup-session";
import { subscribe } from "../subscription-session";
import { idOf, type World } from "../world";
import { cardFields, readCard, testCards } from "./card-form";
import type { Html, Page } from "./html";

export type Answer = Page | { to: string };
type Session = Stripe.Checkout.Session;

const perPeriod = ({ interval, interval_count }: Stripe.Price.Recurring) =>
  interval_count === 1 ? `per ${interval}` : `every ${interval_count} ${interval}s`;

function summary(session: Session, { lines, payment }: Desk): Html {
  const total = session.amount_total === null ? null : moneyText(session.amount_total, session.currency ?? "usd");
  const recurring = lines.find(({ price }) => price?.recurring)?.price?.recurring;
  const heading = session.mode === "setup" ? "Save a card" : session.mode === "subscription" ? "Subscribe" : "Pay";
  return html`<section>
    ${session.cancel_url && html`<a class="back" href="${session.cancel_url}">Back</a>`}
    <h1>${heading}</h1>
    ${total && html`<p class="sum">${total}${recurring && html` <span class="soft">${perPeriod(recurring)}</span>`}</p>`}
    ${
      lines.length > 0 &&
      html`<table>
      ${lines.map((line) => html`<tr><td>${line.description ?? payment.description ?? "Payment"}${(line.quantity ?? 1) > 1 && html` × ${line.quantity}`}</td><td>${moneyText(line.amount_total, line.currency)}</td></tr>`)}
      <tr class="total"><td>Total due today</td><td>${total}</td></tr>
    </table>`
    }
    ${session.mode === "setup" && html`<p class="soft">Nothing is charged. The card is kept for later payments.</p>`}
  </section>`;
}

function savedCards(world: World, session: Session): Stripe.PaymentMethod[] {
  const customer = idOf(session.customer);
  const shown = session.saved_payment_method_options?.allow_redisplay_filters ?? [];
  if (!customer || session.mode === "setup") return [];
  return world.store
    .all("payment_method")
    .filter((method) => method.customer === customer && shown.includes(method.allow_redisplay ?? "unspecified"))
    .reverse();
}

export function buttonOf(session: Session): string {
  if (session.mode === "setup") return "Save card";
  if (session.mode === "subscription") return "Subscribe";
  return `Pay ${moneyText(session.amount_total ?? 0, session.currency ?? "usd")}`;
}

function form(world: World, session: Session, desk: Desk): Html {
  const offers = session.mode === "payment" && session.saved_payment_method_options?.payment_method_save === "enabled";
  return html`<section class="card">
    <h2>Card</h2>
    <form method="post" action="/sandbox/checkout/${session.id}">
      ${desk.error && html`<p class="error" role="alert">${desk.error}</p>`}
      ${cardFields({ saved: savedCards(world, session), email: session.customer_details?.email ?? null, askEmail: !session.customer && !session.customer_email })}
      ${offers && html`<label class="choice"><input type="checkbox" name="save" value="1" ${desk.keep && html`checked`} /> <span>Save this card for later payments</span></label>`}
      ${desk.payment.setup_future_usage === "off_session" && html`<p class="soft">This card is kept, and may be charged later without you.</p>`}
      <button type="submit">${buttonOf(session)}</button>
    </form>
    ${testCards()}
  </section>`;
}

function over(session: Session): Page {
  return {
    status: 410,
    title: "This page has expired",
    body: html`<section class="card whole"><h1>This page has expired</h1><p>Nothing was charged. Start again from where you came.</p>
      ${session.cancel_url && html`<p><a href="${session.cancel_url}">Back</a></p>`}</section>`,
  };
}

function expired(world: World, id: string): Page | Session | { to: string } {
  const session = sessionNamed(world, id);
  if (session.status === "complete") return { to: successUrl(session) };
  return session.status === "expired" ? over(session) : session;
}

export function showCheckout(world: World, id: string): Answer {
  const session = expired(world, id);
  if (!("object" in session)) return session;
  const desk = deskOf(world, session);
  const title = `${buttonOf(session)} · Test mode`;
  return {
    status: 200,
    title,
    body: html`${summary(session, desk)}${form(world, session, desk)}`,
    leadsTo: session.success_url,
  };
}

export function submitCheckout(world: World, id: string, fields: URLSearchParams): Answer {
  const session = expired(world, id);
  if (!("object" in session)) return session;
  const card = readCard(fields);
  if ("error" in card) {
    say(world, session, card.error);
    return showCheckout(world, id);
  }
  const submitted = { card, keep: fields.get("save") === "1" };
  const outcome = { payment: pay, setup: saveCard, subscription: subscribe }[session.mode as "payment"](
    world,
    session,
    submitted,
  );
  const again = outcome.to.endsWith(`/sandbox/checkout/${id}`);
  return again ? showCheckout(world, id) : outcome;
}
