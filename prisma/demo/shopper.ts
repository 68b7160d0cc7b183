/** What an owner of the demo does on the portal's billing pages, by the verbs behind them. */
import type { AutoTopUpPreset, Catalogue, Plan } from "@/lib/catalogue/schema";
import { newId, parsePublicId } from "@/lib/kernel/ids";
import { formatMinor } from "@/lib/kernel/minor-units";
import { formatAmount } from "@/lib/kernel/money";
import { setPayg } from "@/lib/ledger/index";
import { addCard, listCards, readPayment, refundPayment, resumeCharges, setDefaultCard } from "@/lib/payments/index";
import { changePlan, choosePlan, listPlans, previewChange, resumePlan } from "@/lib/plans/index";
import type { Context } from "@/lib/platform/context";
import { readAutoTopUp, setAutoTopUp, startTopUp } from "@/lib/topup/index";
import type { Provider } from "./provider";

const DECLINING = "4000000000000341";
const PAYING = "4242424242424242";
const SECOND = "5555555555554444";
const MINUTE_MS = 60_000;

export type Shopper = { own: Context; ownerId: string; catalogue: Catalogue; provider: Provider };
/** Something for sale: an amount or a pack, and the credit that it adds. */
export type Offer = { credit: bigint } & ({ amount: string; pack?: never } | { pack: string; amount?: never });

export const at = (own: Context, now: Date): Context => ({ ...own, now });
const asOwner = ({ own, ownerId }: Shopper, now: Date): Context => {
  const { organizationId } = own;
  return { ...own, now, actor: { type: "user", userId: ownerId, organizationId, role: "owner" } };
};
const minutesLater = (time: Date, minutes: number) => new Date(time.getTime() + minutes * MINUTE_MS);

/** From small to large. */
export function offersOf({ packs, topUp, payment }: Catalogue): Offer[] {
  if (packs.length > 0) return packs.map(({ credit, id }) => ({ credit, pack: id }));
  if (!topUp) throw new Error("The demo buys credit, and this catalogue sells none.");
  const whole = 10n ** BigInt(payment.digits);
  return topUp.presetsMinor.map((minor) => ({
    credit: (minor * topUp.creditPerPayment) / whole,
    amount: formatMinor(minor, payment.digits),
  }));
}

/** The smallest offer of at least so much; else the largest pack, or so often the largest amount. */
export function offerOf(catalogue: Catalogue, least: bigint): Offer {
  const offers = offersOf(catalogue);
  const largest = offers.at(-1) as Offer;
  const fits = offers.find(({ credit }) => credit >= least);
  if (fits || largest.amount === undefined) return fits ?? largest;
  const times = least / largest.credit + 1n;
  const minor = (catalogue.topUp?.presetsMinor.at(-1) ?? 0n) * times;
  return { credit: largest.credit * times, amount: formatMinor(minor, catalogue.payment.digits) };
}

const defaultCard = async (shopper: Shopper, time: Date): Promise<string | undefined> =>
  (await listCards(asOwner(shopper, time))).find(({ isDefault }) => isDefault)?.id;

/** Buys on the provider's page and saves the card; later purchases use the saved card. Returns the payment. */
export async function buy(shopper: Shopper, time: Date, { amount, pack }: Offer): Promise<string> {
  const { own, provider } = shopper;
  const owner = asOwner(shopper, time);
  await provider.moveTo(own.db, time);
  const card = await defaultCard(shopper, time);
  const how = card === undefined ? { saveCard: true } : { card };
  const wish = pack === undefined ? { amount } : { pack };
  const { payment, redirect, state } = await startTopUp(owner, { key: newId(time), ...wish, ...how }, provider.url);
  if (state === "open") await provider.visit(redirect, { save: true });
  await provider.moveTo(own.db, minutesLater(time, 1));
  return payment;
}

/** Subscribes by the month on the provider's page; PAYG fallback goes on where it is a switch. */
export async function subscribe(shopper: Shopper, time: Date, plan: Plan): Promise<void> {
  const { own, provider, catalogue } = shopper;
  const owner = asOwner(shopper, time);
  await provider.moveTo(own.db, time);
  const { redirect } = await choosePlan(owner, { plan: plan.id, interval: "month", key: newId(time) }, provider.url);
  const card = await defaultCard(shopper, time);
  await provider.visit(redirect, card === undefined ? {} : { saved: card });
  await provider.moveTo(own.db, minutesLater(time, 2));
  if (catalogue.payg.mode === "toggle") {
    await setPayg(asOwner(shopper, minutesLater(time, 5)), { enabled: true, limit: null });
  }
}

/** Changes to another plan at the price that the preview says. */
export async function changeTo(shopper: Shopper, time: Date, { id }: Plan): Promise<void> {
  const { own, provider } = shopper;
  const owner = asOwner(shopper, time);
  await provider.moveTo(own.db, time);
  const { at: shownAt, creditFrom, charged } = await previewChange(owner, { plan: id, interval: "month" });
  const agreed = { at: shownAt, creditFrom, charged: charged.amount, key: newId(time) };
  await changePlan(owner, { plan: id, interval: "month", ...agreed });
  await provider.moveTo(own.db, minutesLater(time, 1));
}

/** Switches auto top-up on with the first of the catalogue's suggestions that adds at least this credit, or the last. */
export async function automate(shopper: Shopper, time: Date, least: bigint): Promise<AutoTopUpPreset | undefined> {
  const { catalogue } = shopper;
  const { payment, unit, autoTopUp } = catalogue;
  if (!autoTopUp) return undefined;
  const preset = autoTopUp.presets.find(({ threshold }) => threshold >= least) ?? autoTopUp.presets.at(-1);
  if (!preset) return undefined;
  const { threshold, amountMinor, pack } = preset;
  const cap = autoTopUp.monthlyCapMinor;
  await setAutoTopUp(asOwner(shopper, time), {
    threshold: formatAmount(threshold, unit.scale),
    ...(pack === null ? { amount: formatMinor(amountMinor ?? 0n, payment.digits) } : { pack }),
    ...(cap === null ? {} : { monthlyCap: formatMinor(cap, payment.digits) }),
  });
  return preset;
}

/** The bank declines the card from now on. Returns the card. */
export async function startDeclining(shopper: Shopper, time: Date): Promise<string> {
  const card = (await defaultCard(shopper, time)) ?? "";
  await shopper.provider.setCard(card, DECLINING);
  return card;
}

export async function wasDeclined(shopper: Shopper, time: Date): Promise<boolean> {
  const { reason } = await readAutoTopUp(asOwner(shopper, time));
  return reason === "declined" || reason === "suspended";
}

/** The owner saves another card and makes it the default one; the first one works again. */
export async function replaceCard(shopper: Shopper, time: Date, declining: string): Promise<void> {
  const { own, provider, catalogue } = shopper;
  const owner = asOwner(shopper, time);
  await provider.moveTo(own.db, time);
  const { currency } = catalogue.payment;
  const page = await addCard(owner, { currency, success: `${provider.url}/saved`, cancel: `${provider.url}/canceled` });
  await provider.visit(page.redirect, { number: SECOND });
  await provider.moveTo(own.db, minutesLater(time, 1));
  const cards = await listCards(asOwner(shopper, minutesLater(time, 2)));
  const second = cards.find(({ id }) => id !== declining);
  if (second) await setDefaultCard(asOwner(shopper, minutesLater(time, 2)), { id: second.id });
  await provider.moveTo(own.db, minutesLater(time, 3));
  await provider.setCard(declining, PAYING);
}

/** The operator refunds two fifths of a payment. */
export async function refundPart(shopper: Shopper, time: Date, payment: string): Promise<void> {
  const { own, provider } = shopper;
  const { amount } = await paymentOf(shopper, payment);
  const part = (amount * 2n) / 5n;
  await refundPayment(at(own, time), { payment, amount: part, reason: "Bought more than the project needed" });
  await provider.moveTo(own.db, minutesLater(time, 1));
}

async function paymentOf({ own }: Shopper, payment: string) {
  const found = await readPayment(own, parsePublicId(payment, "pay")?.id ?? "");
  if (!found) throw new Error("The demo's payment is not there.");
  return found;
}

/** The bank disputes a payment, and the owner allows automatic charges and the plan's renewal again. */
export async function dispute(shopper: Shopper, time: Date, payment: string): Promise<string> {
  const { own, provider } = shopper;
  const { intent } = await paymentOf(shopper, payment);
  await provider.moveTo(own.db, time);
  const id = await provider.openDispute(intent ?? "", "unrecognized");
  await provider.moveTo(own.db, minutesLater(time, 1));
  const later = asOwner(shopper, minutesLater(time, 190));
  await resumeCharges(later);
  const { subscription } = await listPlans(later);
  if (subscription?.billed && subscription.endsAt !== null) await resumePlan(later);
  await provider.moveTo(own.db, minutesLater(time, 191));
  return id;
}

/** The bank decides for the operator. */
export async function winDispute({ own, provider }: Shopper, time: Date, id: string): Promise<void> {
  await provider.moveTo(own.db, time);
  await provider.winDispute(id);
  await provider.moveTo(own.db, minutesLater(time, 1));
}
