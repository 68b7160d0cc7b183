/** The bank's page of 3-D Secure, for payments and for cards that are saved. */

import { html } from "hono/html";
import type Stripe from "stripe";
import { say, sessionPage, successUrl } from "../checkout";
import { invalid, StripeFault } from "../fault";
import { endAuthentication } from "../intents";
import { moneyText } from "../money-text";
import { endSetupAuthentication } from "../setup-intents";
import type { World } from "../world";
import type { Answer } from "./checkout-page";

type Intent = Stripe.PaymentIntent | Stripe.SetupIntent;

function intentNamed(world: World, id: string): Intent {
  const intent = world.store.get("payment_intent", id) ?? world.store.get("setup_intent", id);
  if (!intent) throw invalid(`No such payment: '${id}'`, "resource_missing");
  return intent;
}

function sessionOf(world: World, intent: Intent): Stripe.Checkout.Session | undefined {
  return world.store
    .all("checkout.session")
    .findLast((one) => one.payment_intent === intent.id || one.setup_intent === intent.id);
}

/** As at Stripe: the return address, with the intent in it. */
function returnAddress(intent: Intent, returnUrl: string, passed: boolean): string {
  const url = new URL(returnUrl);
  const name = intent.object;
  url.searchParams.set(name, intent.id);
  url.searchParams.set(`${name}_client_secret`, intent.client_secret ?? "");
  url.searchParams.set("redirect_status", passed ? "succeeded" : "failed");
  return url.href;
}

function back(world: World, intent: Intent, returnUrl: string | null, passed: boolean): Answer {
  const session = sessionOf(world, intent);
  if (session) return { to: session.status === "complete" ? successUrl(session) : sessionPage(world, session) };
  if (returnUrl?.includes("/sandbox/invoices/")) return { to: returnUrl };
  if (returnUrl) return { to: returnAddress(intent, returnUrl, passed) };
  return {
    status: 200,
    title: passed ? "Authenticated" : "Not authenticated",
    body: html`<section class="card whole"><h1>${passed ? "You are authenticated" : "You were not authenticated"}</h1><p>Close this page and go back to where you came from.</p></section>`,
  };
}

export function showAuthentication(world: World, id: string): Answer {
  const intent = intentNamed(world, id);
  if (intent.status !== "requires_action") return back(world, intent, null, intent.status === "succeeded");
  const what =
    intent.object === "payment_intent"
      ? html`a payment of <strong>${moneyText(intent.amount, intent.currency)}</strong>`
      : html`that this card is saved`;
  return {
    status: 200,
    title: "3-D Secure · Test mode",
    leadsTo: intent.next_action?.redirect_to_url?.return_url ?? null,
    body: html`<section class="card whole">
      <h1>3-D Secure</h1>
      <p>The bank of the test card asks you to confirm ${what}.</p>
      <form method="post" action="/sandbox/3d-secure/${id}" class="actions">
        <button type="submit" name="result" value="complete">Complete authentication</button>
        <button type="submit" name="result" value="fail" class="plain">Fail authentication</button>
      </form>
    </section>`,
  };
}

export function submitAuthentication(world: World, id: string, form: URLSearchParams): Answer {
  const intent = intentNamed(world, id);
  const returnUrl = intent.next_action?.redirect_to_url?.return_url ?? null;
  if (intent.status !== "requires_action") return back(world, intent, null, intent.status === "succeeded");
  const passed = form.get("result") === "complete";
  try {
    if (intent.object === "payment_intent") endAuthentication(world, intent, passed);
    else endSetupAuthentication(world, intent, passed);
    return back(world, intent, returnUrl, true);
  } catch (error) {
    if (!(error instanceof StripeFault)) throw error;
    const session = sessionOf(world, intent);
    if (session) say(world, session, error.message);
    return back(world, intent, returnUrl, false);
  }
}
