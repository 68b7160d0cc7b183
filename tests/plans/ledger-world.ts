/** Paid plans at the ledger's functions, at a time of the test's choosing; what the provider would say is written out. */

import type { GateContext } from "@/lib/gate";
import { newId } from "@/lib/kernel/ids";
import { type Customer, customer, ownerRows } from "../gate/world";

export type Terms = {
  plan?: string;
  allowance?: number;
  discount?: number;
  interval?: "month" | "year";
  amount?: number;
  /** What the payment brings in all; by default every cycle's allowance. */
  credit?: number;
};

export function paidPlans(real: GateContext) {
  const query = async <T extends object>({ organizationId }: Customer, sql: string, values: unknown[]) =>
    (await real.db.operator.query<T>(sql, [organizationId, ...values])).rows[0] as T;
  const open = async (who: Customer, at: string, terms: Terms = {}) => {
    const { plan = "pro", allowance = 100, discount = 0, interval = "month", amount = 1000, credit } = terms;
    const cycles = interval === "year" ? 12 : 1;
    const id = newId();
    const values = [at, id, amount, credit ?? allowance * cycles, id, plan, interval];
    await query(
      who,
      `SELECT ledger.open_payment($1, $2, $3, 'plan', $4, 'EUR', $5, 'Plan', 1, $6, $3, p_plan => $7, p_interval => $8)`,
      values,
    );
    await query(who, "SELECT ledger.freeze_plan($1, $2, $3, $4, $5)", [id, allowance, discount, cycles]);
    return id;
  };
  const start = (who: Customer, at: string, payment: string, provider = `sub_${payment}`, amount = 1000) =>
    query<{ version: number; replayed: boolean }>(
      who,
      "SELECT * FROM ledger.start_paid_plan($1, $2, $3, $4, 'always', $5, $6, NULL, $7, 'EUR', NULL)",
      [at, payment, at, provider, `in_${payment}`, amount],
    );
  return {
    query,
    open,
    start,
    /** A customer on a paid plan since `at`. */
    async subscribed(at: string, terms: Terms & { timeZone?: string; credit0?: bigint } = {}) {
      const now = new Date(at);
      const world = { ...real, now, simulatedAt: now };
      const who = await customer(world, { timeZone: terms.timeZone ?? "UTC", credit: terms.credit0 ?? 0n });
      const payment = await open(who, at, terms);
      await start(who, at, payment);
      return { who, payment, provider: `sub_${payment}` };
    },
    pay: (who: Customer, at: string, provider: string, invoice: string, amount = 1000) =>
      query<{ payment_id: string; replayed: boolean }>(
        who,
        "SELECT * FROM ledger.pay_cycles($1, $2, $3, $4, NULL, $5, 'EUR', 'Renewal', 1, NULL)",
        [at, provider, invoice, amount],
      ),
    change: (who: Customer, at: string, payment: string, provider: string, amount = 500) =>
      query<{ version: number; replayed: boolean }>(
        who,
        "SELECT * FROM ledger.change_plan($1, $2, $3, $4, $5, NULL, $6, NULL)",
        [at, payment, provider, `in_${payment}`, amount],
      ),
    advance: (who: Customer, at: string) => query(who, "SELECT ledger.advance($1, $2)", [at]),
  };
}

export async function planOf({ organizationId }: Customer) {
  const [row] = await ownerRows<Record<string, unknown>>(
    `SELECT plan, status, version, cycle, paid_cycles AS paid, cycle_start AS "from", cycle_end AS "to",
       allowance::int, payg_spent::int AS spent, payg_held::int AS held, next_plan AS next, ends_at AS ends,
       past_due_since IS NOT NULL AS "pastDue", anchor_cycle AS anchor
     FROM subscription WHERE organization_id = $1`,
    [organizationId],
  );
  return row as Record<string, unknown>;
}

/** What moved the balance: `renewal 100`, in order. */
export async function movesOf({ organizationId }: Customer): Promise<string[]> {
  const rows = await ownerRows<{ move: string }>(
    "SELECT type || ' ' || amount AS move FROM transaction WHERE organization_id = $1 ORDER BY seq",
    [organizationId],
  );
  return rows.map(({ move }) => move);
}
