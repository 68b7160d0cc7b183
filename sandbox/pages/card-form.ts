/** The card form of a page: a saved card, or a new one with its number, expiry and CVC. */

import { html } from "hono/html";
import type Stripe from "stripe";
import type { CardForm } from "../checkout";
import { TEST_CARDS } from "../test-cards";
import type { Html } from "./html";

const spaced = (number: string) => number.replace(/(\d{4})(?=\d)/g, "$1 ");

function savedChoice(method: Stripe.PaymentMethod, index: number): Html {
  const { brand = "card", last4 = "", exp_month = 0, exp_year = 0 } = method.card ?? {};
  const name = brand.charAt(0).toUpperCase() + brand.slice(1);
  return html`<label class="choice"><input type="radio" name="card" value="${method.id}" ${index === 0 && html`checked`} />
    <span>${name} ending in ${last4} <span class="soft">expires ${String(exp_month).padStart(2, "0")}/${String(exp_year).slice(-2)}</span></span></label>`;
}

export function testCards(): Html {
  return html`<details>
    <summary>Test cards</summary>
    <table>
      ${TEST_CARDS.map(({ number, name }) => html`<tr><td><code>${spaced(number)}</code></td><td>${name}</td></tr>`)}
    </table>
    <p class="soft">Any expiry in the future and any CVC.</p>
  </details>`;
}

type Fields = { saved: readonly Stripe.PaymentMethod[]; email: string | null; askEmail: boolean };

export function cardFields({ saved, email, askEmail }: Fields): Html {
  return html`${askEmail && html`<label>Email<input type="email" name="email" autocomplete="email" required value="${email ?? ""}" /></label>`}
    ${
      saved.length > 0 &&
      html`<fieldset><legend>Card</legend><div class="saved">${saved.map(savedChoice)}
      <label class="choice"><input type="radio" name="card" value="new" /> <span>Another card, entered below</span></label></div></fieldset>`
    }
    <label>Card number<input type="text" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" maxlength="24" ${saved.length === 0 && html`required`} /></label>
    <div class="two">
      <label>Expiry<input type="text" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="MM / YY" maxlength="9" ${saved.length === 0 && html`required`} /></label>
      <label>CVC<input type="text" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" maxlength="4" ${saved.length === 0 && html`required`} /></label>
    </div>`;
}

/** "12 / 34", "12/2034", "1234". */
function expiryOf(text: string): { month: number; year: number } | undefined {
  const [, month, year] = /^\s*(\d{1,2})\s*[/-]?\s*(\d{2}|\d{4})\s*$/.exec(text) ?? [];
  if (!month || !year) return undefined;
  return { month: Number(month), year: year.length === 2 ? 2000 + Number(year) : Number(year) };
}

export type ReadCard = CardForm | { saved: string } | { error: string };

export function readCard(form: URLSearchParams): ReadCard {
  const chosen = form.get("card");
  const number = (form.get("number") ?? "").trim();
  // Without scripts a typed number says more than the choice that was left where it stood.
  if (chosen?.startsWith("pm_") && number === "") return { saved: chosen };
  const expiry = expiryOf(form.get("expiry") ?? "");
  if (number === "") return { error: "Your card number is incomplete." };
  if (!expiry) return { error: "Your card's expiration date is incomplete." };
  if (!/^\d{3,4}$/.test((form.get("cvc") ?? "").trim())) return { error: "Your card's security code is incomplete." };
  return { number, ...expiry, email: form.get("email") || null, name: null };
}
