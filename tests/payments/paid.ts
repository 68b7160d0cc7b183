/** A payment that has brought its credit, without any provider; refunds and disputes as if it had told of them. */
import { newId } from "@/lib/kernel/ids";
import { applyClawback } from "@/lib/payments/clawback/apply-clawback";
import { lockBalance, readRefundablePayment } from "@/lib/payments/clawback/clawback-store";
import { putDispute, suspendCharges } from "@/lib/payments/disputes/dispute-store";
import { creditPayment, openPayment } from "@/lib/payments/payment/payment-store";
import type { DisputeState, RefundState } from "@/lib/payments/refunds/refund-schema";
import { insertRefund } from "@/lib/payments/refunds/refund-store";
import { changeOrganization } from "@/lib/platform/db";
import type { Customer } from "../gate/world";
import { ownerRows } from "../gate/world";

type Bought = { amount?: bigint; credit?: bigint; currency?: string; purpose?: "top_up" | "auto_top_up" };

/** Answers the payment's UUID. */
export async function bought(
  { ctx }: Customer,
  { amount = 1_000n, credit = 100n, currency = "EUR", purpose = "top_up" }: Bought = {},
) {
  const id = newId();
  await changeOrganization(ctx.db, ctx.organizationId, async (client) => {
    await openPayment(client, ctx, {
      ...{ id, purpose, amount, currency, credit, description: "Credits", catalogueVersion: 1 },
      ...{ idempotencyKey: id, requestHash: id },
    });
    await creditPayment(client, ctx, { id, intent: `pi_${id}`, paid: { amount, currency }, card: "Visa ···· 4242" });
  });
  return id;
}

type Moved = { onlyFree?: boolean };

function moved(
  { ctx }: Customer,
  paymentId: string,
  write: (client: Parameters<typeof lockBalance>[0]) => Promise<void>,
  { onlyFree = false }: Moved,
) {
  return changeOrganization(ctx.db, ctx.organizationId, async (client) => {
    await lockBalance(client, ctx);
    await write(client);
    await applyClawback(client, ctx, { paymentId, onlyFree, description: "Moved" });
  });
}

/** Answers the refund's UUID. */
export async function refunded(
  who: Customer,
  paymentId: string,
  amount: bigint,
  { state = "succeeded", ...how }: Moved & { state?: RefundState } = {},
) {
  const { organizationId, now: createdAt } = who.ctx;
  const id = newId();
  const row = {
    organizationId,
    id,
    paymentId,
    state,
    amount,
    reason: "test",
    note: null,
    requestedBy: null,
    planChoice: null,
    createdAt,
  };
  await moved(
    who,
    paymentId,
    (client) => insertRefund(client, { ...row, refund: `re_${id}`, settledAt: createdAt }),
    how,
  );
  return id;
}

let readings = 0;

export async function disputed(
  who: Customer,
  paymentId: string,
  state: DisputeState,
  amount = 1_000n,
  id = `dp_${paymentId}`,
) {
  const { organizationId, now } = who.ctx;
  const times = { openedAt: now, changedAt: new Date(now.getTime() + ++readings) };
  const row = { organizationId, id, paymentId, state, amount, currency: "EUR", reason: "fraudulent", ...times };
  const write = async (client: Parameters<typeof putDispute>[0]) => {
    await putDispute(client, row);
    if (state !== "won") await suspendCharges(client, who.ctx, id, false);
  };
  await moved(who, paymentId, write, {});
}

export async function standingOf({ ctx }: Customer, paymentId: string) {
  const found = await changeOrganization(ctx.db, ctx.organizationId, (client) =>
    readRefundablePayment(client, ctx.organizationId, paymentId),
  );
  if (!found) throw new Error("no such payment");
  return found;
}

/** A month of a plan that is paid for with twice its allowance's worth. Answers the payment's UUID. */
export async function subscribed({ ctx }: Customer, plan: string, allowance: bigint) {
  const id = newId();
  const { organizationId, now } = ctx;
  await changeOrganization(ctx.db, organizationId, async (client) => {
    await openPayment(client, ctx, {
      ...{
        id,
        purpose: "plan",
        amount: 2_000n,
        currency: "EUR",
        credit: allowance,
        description: plan,
        catalogueVersion: 1,
      },
      ...{ idempotencyKey: id, requestHash: id, plan, interval: "month" },
    });
    await client.query("SELECT ledger.freeze_plan($1, $2, $3, 0, 1)", [organizationId, id, allowance]);
    await client.query(
      "SELECT ledger.start_paid_plan($1, $2, $3, $2, 'always', $4, $5, $6, 2000, 'EUR', 'Visa ···· 4242')",
      [...[organizationId, now, id, `sub_${id}`, `in_${id}`, `pi_${id}`]],
    );
  });
  return id;
}

/** The amounts of an organization's transactions, in order, with their types. */
export async function postings({ organizationId }: Customer): Promise<string[]> {
  const rows = await ownerRows<{ text: string }>(
    "SELECT type || ' ' || amount AS text FROM transaction WHERE organization_id = $1 ORDER BY seq",
    [organizationId],
  );
  return rows.map(({ text }) => text);
}
