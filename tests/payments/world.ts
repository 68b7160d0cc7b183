/** A customer who buys: a catalogue that sells by amount and by pack, the real webhook route, and the worker's two jobs. */
import { apiFetch } from "@/lib/adapters/http/app";
import { eventHandlers } from "@/lib/adapters/webhook/handlers";
import { applyCatalogue, startCatalogue } from "@/lib/catalogue";
import type { GateContext } from "@/lib/gate";
import { newId, parsePublicId } from "@/lib/kernel/ids";
import { ensurePartitions } from "@/lib/ledger";
import { applyNextEvent, readPayment, settleDue } from "@/lib/payments";
import type { Context } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { startTopUp } from "@/lib/topup";
import type { StartTopUp } from "@/lib/topup/schema";
import { catalogueText, customer, memberOf, ownerRows } from "../gate/world";
import { openSandbox } from "../sandbox/world";

export const ORIGIN = "http://portal.test";

type Shop = { currency?: string; symbol?: string; purchases?: "anyone" | "paidPlansOnly" };

export function shopText({ currency = "EUR", symbol = "€", purchases = "anyone" }: Shop): string {
  return `${catalogueText({}).replace(/payment: .*/, `payment: { currency: ${currency}, symbol: "${symbol}" }`)}
topUp: { minimum: "5", maximum: "10000", presets: ["20"], creditPerPayment: "10" }
packs:
  - { id: small, name: Small, credit: "1000", price: "90" }
purchases: ${purchases}
`;
}

export async function openShop(shop: Shop = {}) {
  const opened = await openSandbox();
  const ctx: GateContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  await applyCatalogue(ctx, { text: shopText(shop), fileName: "calls" });
  await startCatalogue(ctx.db);
  await ensurePartitions(ctx);
  opened.test.onWebhook((request) => apiFetch(request));
  return { ...opened, ctx };
}

/** An organization's owner, who buys for it. */
export async function buyer(ctx: GateContext) {
  const own = await customer(ctx);
  const owner = await memberOf(own, "owner");
  return { ...own, owner };
}
export type Buyer = Awaited<ReturnType<typeof buyer>>;

export const buy = ({ owner }: { owner: Context }, input: Partial<StartTopUp> = {}) =>
  startTopUp(owner, { key: newId(), ...(input.pack === undefined && { amount: "20" }), ...input }, ORIGIN);

export const uuidOf = (payment: string) => parsePublicId(payment, "pay")?.id ?? "";
export const paymentOf = ({ ctx }: { ctx: Context }, payment: string) => readPayment(ctx, uuidOf(payment));

/** The worker's look at the inbox, until nothing waits; answers what became of each. */
export async function work(ctx: GateContext, at: Date | null = null): Promise<string[]> {
  const became: string[] = [];
  for (let more = true; more; ) {
    const end = await applyNextEvent({ ...ctx, now: at ?? new Date(), actor: { type: "job" } }, eventHandlers, at);
    more = end !== "none";
    if (more) became.push(end);
  }
  return became;
}

/** The worker's look at payments that are due by then. */
export const look = (ctx: GateContext, minutes = 0) => {
  const at = new Date(Date.now() + minutes * 60_000);
  return settleDue({ ...ctx, now: at, actor: { type: "job" } }, at);
};

/** Grants by payments, and how many transactions there are. */
export async function given({ organizationId }: { organizationId: string }) {
  const rows = await ownerRows<{ amount: string }>(
    `SELECT amount::text FROM "grant" WHERE organization_id = $1 AND source = 'payment' ORDER BY id`,
    [organizationId],
  );
  return rows.map(({ amount }) => Number(amount));
}
