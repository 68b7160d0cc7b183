/** Organizations that buy credit: an owner, a saved card, and the catalogue's prices. */
import Stripe from "stripe";
import { createOrganization } from "@/lib/accounts";
import { applyCatalogue, readCatalogueText, startCatalogue } from "@/lib/catalogue";
import type { GateContext } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { ensurePartitions } from "@/lib/ledger";
import { syncCards } from "@/lib/payments";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { type Customer, catalogueText, ownerRows } from "../gate/world";
import type { OpenSandbox } from "../sandbox/world";

/** A preset of the repository, live. */
export async function openCatalogue(name: string): Promise<InstallationContext> {
  const ctx: InstallationContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  const { text } = await readCatalogueText(name);
  await applyCatalogue(ctx, { text });
  await startCatalogue(ctx.db);
  await ensurePartitions(ctx);
  return ctx;
}

/** A row as the provider's card leaves it: the default one. */
export async function saveCard(organizationId: string, id = newId()): Promise<string> {
  await ownerRows("UPDATE payment_method SET is_default = false WHERE organization_id = $1", [organizationId]);
  await ownerRows(
    `INSERT INTO payment_method (organization_id, id, brand, last4, exp_month, exp_year, is_default)
     VALUES ($1, $2, 'visa', '4242', 12, 2040, true)`,
    [organizationId, id],
  );
  await ownerRows("SELECT ledger.auto_top_up_cards_changed($1, NULL)", [organizationId]);
  return id;
}

export async function organization(ctx: InstallationContext, timeZone = "UTC"): Promise<Customer> {
  const made = await createOrganization(ctx, { name: "Buyer", timeZone });
  return { ctx: { ...ctx, now: new Date(), organizationId: made.organizationId }, ...made };
}

/** An organization with a saved card. */
export async function buyer(ctx: InstallationContext): Promise<Customer> {
  const made = await organization(ctx);
  await saveCard(made.organizationId);
  return made;
}

/** Its context now. */
export const fresh = ({ ctx }: Customer) => ({ ...ctx, now: new Date() });

const SALES = `
topUp: { minimum: "5.00", maximum: "10000.00", presets: ["5.00"], creditPerPayment: "1" }
autoTopUp: { by: amount, presets: [{ name: Usual, threshold: "20", amount: "50.00" }] }
`;

/** The catalogue in which a credit costs one credit, and one euro buys one. */
export async function openSales(): Promise<GateContext> {
  const ctx: GateContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  await applyCatalogue(ctx, { text: catalogueText({ settlement: "actual" }) + SALES, fileName: "sales" });
  await startCatalogue(ctx.db);
  await ensurePartitions(ctx);
  return ctx;
}

/** Saves a card at the provider that behaves like the test card of this number; it becomes the default one. */
export async function saveRealCard({ stripe, test }: OpenSandbox, { ctx }: Customer, number: string): Promise<string> {
  const { db, organizationId } = ctx;
  const [kept] = await ownerRows<{ customer: string }>(
    "SELECT customer FROM payment_customer WHERE organization_id = $1",
    [organizationId],
  );
  const customer = kept?.customer ?? (await stripe.customers.create({ metadata: { organization: organizationId } })).id;
  if (!kept) {
    await ownerRows("INSERT INTO payment_customer (organization_id, customer) VALUES ($1, $2)", [
      organizationId,
      customer,
    ]);
  }
  const { id } = await stripe.paymentMethods.attach("pm_card_visa", { customer });
  await test.card(id, number);
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } });
  await syncCards({ actor: { type: "job" }, now: new Date(), db, organizationId });
  return id;
}

/** What the provider has charged, or tried to, of this organization: the latest first. */
export async function intentsOf(
  { stripe }: OpenSandbox,
  { organizationId }: Customer,
): Promise<Stripe.PaymentIntent[]> {
  const all = await stripe.paymentIntents.list({ limit: 100 }).autoPagingToArray({ limit: 1_000 });
  return all.filter(({ metadata }) => metadata.organization === organizationId);
}

const SILENCE_MS = 500;

/** The product's own SDK client, but one that waits for half a second only. */
export function beImpatient({ sandbox }: OpenSandbox): void {
  const { hostname: host, port } = new URL(sandbox.url);
  const at = { host, port, protocol: "http", telemetry: false } as const;
  const client = new Stripe(sandbox.key, { ...at, timeout: SILENCE_MS, maxNetworkRetries: 1 });
  (globalThis as Record<symbol, unknown>)[Symbol.for("tollgate.stripe")] = client;
}
