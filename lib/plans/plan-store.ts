/** The ledger's functions that start, change and end the plan of an organization. */
import { TollgateError } from "@/lib/kernel/errors";
import type { OrganizationTime } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { mapRaised } from "@/lib/platform/raised";

type Caller = Pick<Client, "query">;

/** Why the ledger refused: another plan runs, or another amount was paid. */
export const otherPlan = (error: unknown) =>
  error instanceof TollgateError && error.code === "conflict" && error.details?.reason === "other_plan";

function refused(detail: string): TollgateError {
  const message =
    detail === "amount"
      ? "The amount paid does not match the amount requested."
      : "Another plan is running. Reload the page.";
  return new TollgateError("conflict", message, { reason: detail });
}

async function one<T extends object>(client: Caller, sql: string, values: unknown[]): Promise<T> {
  const { rows } = await mapRaised(client.query<T>(sql, values), { conflict: refused });
  return rows[0] as T;
}

export type FrozenPlan = { allowance: bigint; discountPercent: number; cycles: number };

/** Freezes the plan's terms. The price was frozen when the payment was opened. */
export async function freezeTerms(
  client: Caller,
  { organizationId }: OrganizationTime,
  id: string,
  terms: FrozenPlan,
): Promise<void> {
  const { allowance, discountPercent, cycles } = terms;
  const values = [organizationId, id, allowance, discountPercent, cycles];
  await one(client, "SELECT ledger.freeze_plan($1, $2, $3, $4, $5)", values);
}

export type Paid = {
  providerId: string;
  invoice: string;
  intent: string | null;
  amount: bigint;
  currency: string;
  card: string | null;
};
type Once = { replayed: boolean };

/** Errors: conflict (`other_plan`, `amount`). */
export function startPaidPlan(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  id: string,
  { anchor, paygMode, ...paid }: Paid & { anchor: Date; paygMode: string },
): Promise<Once> {
  const sql = "SELECT replayed FROM ledger.start_paid_plan($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
  const { providerId, invoice, intent, amount, currency, card } = paid;
  const values = [organizationId, now, id, anchor, paygMode, providerId, invoice, intent, amount, currency, card];
  return one(client, sql, values);
}

type CycleDescription = { description: string; catalogueVersion: number };

/** Errors: conflict (`other_plan`). */
export async function payCycles(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  { providerId, invoice, intent, amount, currency, card, description, catalogueVersion }: Paid & CycleDescription,
): Promise<Once & { id: string }> {
  const sql = "SELECT payment_id AS id, replayed FROM ledger.pay_cycles($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
  const values = [organizationId, now, providerId, invoice, intent, amount, currency, description, catalogueVersion];
  return one(client, sql, [...values, card]);
}

/** Errors: conflict (`other_plan`). */
export function raisePlan(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  id: string,
  paid: Paid,
): Promise<Once> {
  const { providerId, invoice, intent, amount, card } = paid;
  const sql = "SELECT replayed FROM ledger.change_plan($1, $2, $3, $4, $5, $6, $7, $8)";
  return one(client, sql, [organizationId, now, id, providerId, invoice, intent, amount, card]);
}

/** `id` null makes the payment's row. */
export function creditPlanPayment(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  { id, credit, plan, ...paid }: Paid & CycleDescription & { id: string | null; credit: bigint; plan: string | null },
): Promise<Once & { id: string }> {
  const sql = `SELECT payment_id AS id, replayed
    FROM ledger.credit_plan_payment($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`;
  const { invoice, intent, amount, currency, description, catalogueVersion, card } = paid;
  const values = [organizationId, now, id, invoice, intent, amount, currency, credit, plan, description];
  return one(client, sql, [...values, catalogueVersion, card]);
}

export type Next = { plan: string; allowance: bigint; discountPercent: number };

/** Null cancels the choice. Returns when the next plan starts. Errors: conflict (`other_plan`). */
export async function schedulePlan(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  providerId: string,
  next: Next | null,
): Promise<Date> {
  const sql = "SELECT ledger.schedule_plan($1, $2, $3, $4, $5, $6) AS begins";
  const { plan = null, allowance = null, discountPercent = null } = next ?? {};
  const values = [organizationId, now, providerId, plan, allowance, discountPercent];
  return (await one<{ begins: Date }>(client, sql, values)).begins;
}

/** Errors: conflict (`other_plan`). */
export function setPlanEnd(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  providerId: string,
  ends: boolean,
): Promise<{ endsAt: Date | null; changed: boolean }> {
  const sql = `SELECT ends_at AS "endsAt", changed FROM ledger.set_plan_end($1, $2, $3, $4)`;
  return one(client, sql, [organizationId, now, providerId, ends]);
}

/** Returns whether this changed the row. Errors: conflict (`other_plan`). */
export async function setPastDue(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  providerId: string,
  pastDue: boolean,
): Promise<boolean> {
  const sql = "SELECT ledger.set_past_due($1, $2, $3, $4) AS changed";
  return (await one<{ changed: boolean }>(client, sql, [organizationId, now, providerId, pastDue])).changed;
}

/** `atOnce`: also if a paid part is left, because its payment was refunded or disputed. */
type Ending = { fallback: Pick<Next, "plan" | "allowance"> | null; paygMode: string; atOnce?: boolean };

/** Returns whether the plan ended now. While a paid part is left, it stays. */
export async function endPlan(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  providerId: string,
  { fallback, paygMode, atOnce = false }: Ending,
): Promise<boolean> {
  const sql = "SELECT ledger.end_plan($1, $2, $3, $4, $5, $6, $7) AS ended";
  const { plan = null, allowance = null } = fallback ?? {};
  const values = [organizationId, now, providerId, plan, allowance, paygMode, atOnce];
  return (await one<{ ended: boolean }>(client, sql, values)).ended;
}

/** A plan without a payment, for an organization without a plan. Errors: conflict (a plan is running). */
export async function startFreePlan(
  client: Caller,
  { organizationId, now }: OrganizationTime,
  plan: { id: string; allowance: bigint },
  { paygMode, key, hash }: { paygMode: string; key: string; hash: string },
): Promise<void> {
  const sql = "SELECT ledger.subscribe($1, $2, $3, $4, 0, true, $5, $6, $7)";
  await one(client, sql, [organizationId, now, plan.id, plan.allowance, paygMode, key, hash]);
}
