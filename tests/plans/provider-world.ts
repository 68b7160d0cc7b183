/** Customers who buy plans at the local payment provider, and what its events do here. */
import type Stripe from "stripe";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import type { GateContext } from "@/lib/gate";
import { newId, requirePublicId } from "@/lib/kernel/ids";
import { ensurePartitions, verifyLedger } from "@/lib/ledger";
import type { EventObject } from "@/lib/payments/inbox/apply-events";
import { changePlan, choosePlan, previewChange, settlePlanPayment } from "@/lib/plans";
import type { Interval } from "@/lib/plans/schema";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { type Customer, customer, memberOf, ownerRows } from "../gate/world";
import { openSandbox } from "../sandbox/world";

/** Under which address the reader has the portal. */
export const ORIGIN = "http://localhost:3000";

export const plansText = (pro = "10.00") => `
name: plans
unit: { code: credits, kind: credits, scale: 0, singular: credit, plural: credits }
payment: { currency: EUR, digits: 2, symbol: € }
operator: { name: Plans, support: support@plans.example }
meters: [{ name: credit, label: credits }]
prices: [{ endpoint: call, model: m, components: [{ meter: credit, amount: "1" }] }]
plans:
  - { id: free, name: Free, allowance: "10", free: true }
  - { id: pro, name: Pro, allowance: "100", price: { monthly: "${pro}", yearly: "100.00" } }
  - { id: big, name: Big, allowance: "310", price: { monthly: "30.00", yearly: "300.00" }, limits: { members: 1 } }
defaultPlan: free
payg: { mode: toggle, limitPresets: ["50"] }
settlement: capped
levels:
  - { name: normal, above: "10", advice: Continue }
  - { name: critical, advice: Top up }
insufficient: { code: insufficient_credits, message: Not enough credits }
`;

export type Buyer = Customer & { owner: Context; email: string };

export async function openPlans() {
  const { stripe, test } = await openSandbox();
  const real: GateContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  await applyCatalogue(real, { text: plansText(), fileName: "plans" });
  await startCatalogue(real.db);
  await ensurePartitions(real);

  const buyer = async (): Promise<Buyer> => {
    const who = await customer({ ...real, now: new Date() });
    const email = `${newId()}@owner.example`;
    const owner = await memberOf(who, "owner", email);
    return { ...who, owner, email };
  };
  const at = (who: Buyer, now = new Date()): Context => ({ ...who.owner, now });

  /** To the payment page, and whatever the customer does there. */
  const checkout = async (who: Buyer, plan: string, interval: Interval = "month", number?: string) => {
    const { redirect } = await choosePlan(at(who), { plan, interval, key: crypto.randomUUID() }, ORIGIN);
    return test.checkout(redirect, number ? { number } : {});
  };
  const settle = async (who: Buyer, address: string | undefined, now = new Date()) => {
    const id = new URL(address ?? "").searchParams.get("payment") ?? "";
    return settlePlanPayment(at(who, now), requirePublicId(id, "pay").id);
  };
  return {
    real,
    stripe,
    test,
    buyer,
    at,
    checkout,
    settle,
    /** A customer whose plan is paid, and the provider's id of its subscription. */
    async subscribed(plan = "pro", interval: Interval = "month", number?: string) {
      const who = await buyer();
      const { to } = await checkout(who, plan, interval, number);
      await settle(who, to);
      return { who, provider: await providerOf(who) };
    },
    /** Looks at the price, and takes it. */
    async change(who: Buyer, plan: string, interval: Interval = "month", now = new Date()) {
      const preview = await previewChange(at(who, now), { plan, interval });
      const { at: shown, charged, creditFrom } = preview;
      const asked = { plan, interval, key: crypto.randomUUID(), at: shown, creditFrom, charged: charged.amount };
      return { preview, asked, move: await changePlan(at(who, now), asked) };
    },
    /** Everything that the provider has told so far, applied in this order. */
    async tell(events: readonly Stripe.Event[] = test.events, now = new Date()) {
      for (const { id, type, data } of events) {
        const object = data.object as unknown as EventObject;
        const handler = eventHandlers[object.object];
        await handler?.({ actor: { type: "job" }, db: real.db, now }, { id, type, object, previous: {} });
      }
    },
    sound: async () => (await verifyLedger(real)).filter(({ rows }) => rows.length > 0),
  };
}

export async function providerOf({ organizationId }: Customer): Promise<string> {
  const [row] = await ownerRows<{ id: string }>(
    "SELECT provider_id AS id FROM subscription WHERE organization_id = $1",
    [organizationId],
  );
  return row?.id ?? "";
}

/** `1000 100 succeeded`: paid, brought and how it ended, oldest first. */
export async function paymentsOf({ organizationId }: Customer): Promise<string[]> {
  const rows = await ownerRows<{ line: string }>(
    `SELECT amount || ' ' || credit || ' ' || state AS line FROM payment WHERE organization_id = $1 ORDER BY created_at, id`,
    [organizationId],
  );
  return rows.map(({ line }) => line);
}
