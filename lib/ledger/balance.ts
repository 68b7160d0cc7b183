import { currentCatalogue } from "@/lib/catalogue";
import type { Catalogue, LevelName } from "@/lib/catalogue/schema";
import { TollgateError } from "@/lib/kernel/errors";
import { formatAmount, multiplyDivide } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context, OrganizationTime } from "@/lib/platform/context";
import { type Client, queryOrganization } from "@/lib/platform/db";
import { autoTopUpState } from "./auto-top-up-state";
import { type BalanceRow, PACE_DAYS, readBalance } from "./balance-store";
import { firstCallOf } from "./first-call";
import { type Balance, type BalanceAnswer, GRANT_KINDS, type GrantKind } from "./schema";
import { type Means, standingOf, steadyLevelOf } from "./standing";

const DAY_MS = 86_400_000;

/**
 * Days (two decimals, rounded down) that `spendable` lasts; a week that has just started is not averaged over seven
 * days.
 */
function runwayOf(spendable: bigint, row: BalanceRow, now: Date): Balance["runway"] {
  const { spent } = row;
  if (spent <= 0n || !row.since) return null;
  const elapsed = Math.min(PACE_DAYS * DAY_MS, Math.max(DAY_MS, now.getTime() - row.since.getTime()));
  const perDay = multiplyDivide(spent, BigInt(DAY_MS), BigInt(elapsed));
  if (perDay === 0n) return null;
  return { days: Number((spendable * 100n) / perDay) / 100, perDay };
}

/** The effect of due renewals: their credit pays debt first, and the new cycle has no spending. */
function renewed(row: BalanceRow): BalanceRow {
  const { debt, given } = row;
  const paid = debt < given ? debt : given;
  return { ...row, debt: debt - paid, plan: row.plan + given - paid, paygSpent: 0n, paygHeld: 0n };
}

function autoTopUpOf(row: BalanceRow): Balance["autoTopUp"] {
  const { topUpEnabled: enabled, topUpBlocked: blocked, topUpDue: due, topUpInFlight: inFlight } = row;
  return { enabled, threshold: row.topUpThreshold, ...autoTopUpState({ enabled, blocked, due, inFlight }) };
}

function paygOf(row: BalanceRow): Balance["payg"] {
  if (row.planId === null) return null;
  return {
    mode: row.paygMode,
    enabled: row.paygEnabled,
    limit: row.paygLimit,
    spent: row.paygSpent,
    held: row.paygHeld,
  };
}

function meansOf({ buckets, debt, payg, plan }: Pick<Balance, "buckets" | "debt" | "payg" | "plan">) {
  const free = ({ remaining, held }: Balance["buckets"][GrantKind]) => remaining - held;
  const { promotional, purchased, adjustment } = buckets;
  return {
    plan: free(buckets.plan),
    prepaid: free(promotional) + free(purchased) + free(adjustment),
    debt,
    running: plan,
    payg: payg && {
      enabled: payg.enabled,
      room: payg.limit === null ? null : payg.limit - payg.spent - payg.held,
    },
  };
}

function balanceOf(found: BalanceRow, firstCall: bigint, catalogue: Catalogue, now: Date): Balance {
  const row = found.due ? renewed(found) : found;
  const buckets = Object.fromEntries(
    GRANT_KINDS.map((kind) => [kind, { remaining: row[kind], held: row[`${kind}Held`] }]),
  ) as Balance["buckets"];
  const { debt } = row;
  const held = GRANT_KINDS.reduce((sum, kind) => sum + buckets[kind].held, 0n);
  const { planId, free, unpaid, resetsAt } = row;
  const plan = planId === null ? null : { id: planId, free, unpaid, allowance: row.allowance, resetsAt };
  const payg = paygOf(row);
  const means: Means = { ...meansOf({ buckets, debt, payg, plan }), firstCall };
  const standing = standingOf(catalogue, means);
  return {
    ...standing,
    available: GRANT_KINDS.reduce((sum, kind) => sum + buckets[kind].remaining, 0n) - held - debt,
    held,
    debt,
    buckets,
    firstCall,
    plan,
    payg,
    autoTopUp: autoTopUpOf(row),
    runway: runwayOf(standing.spendable, row, now),
  };
}

/** The balance in the caller's transaction, by the transaction's view. Undefined if there is no such organization. */
export async function balanceWithin(client: Client, of: OrganizationTime): Promise<Balance | undefined> {
  const row = await readBalance(client, of.organizationId, of.now);
  const firstCall = await firstCallOf(client, of);
  return row && balanceOf(row, firstCall, currentCatalogue().catalogue, of.now);
}

/** The level that stays when the balance becomes a tenth smaller: a change near a bound does not reach it. */
export function steadyLevel(of: Balance, catalogue: Catalogue): LevelName {
  return steadyLevelOf(catalogue, { ...meansOf(of), firstCall: of.firstCall });
}

/** An organization's balance, in minor units. Errors: not_found. */
export async function balance(ctx: Context): Promise<Balance> {
  mayRead(ctx);
  const found = await queryOrganization(ctx.db, ctx.organizationId, (client) => balanceWithin(client, ctx));
  if (!found) throw new TollgateError("not_found", "There is no such organization.");
  return found;
}

/** A balance as `GET /v1/balance` answers it: decimal strings of the catalogue's unit. */
export function balanceAnswer(of: Balance, catalogue: Catalogue): BalanceAnswer {
  const amount = (value: bigint) => formatAmount(value, catalogue.unit.scale);
  const { buckets, plan, payg, autoTopUp, runway } = of;
  return {
    unit: catalogue.unit.code,
    available: amount(of.available),
    spendable: amount(of.spendable),
    firstCall: amount(of.firstCall),
    held: amount(of.held),
    debt: amount(of.debt),
    plan: plan && {
      allowance: amount(plan.allowance),
      remaining: amount(buckets.plan.remaining),
      resetsAt: plan.resetsAt.toISOString(),
    },
    prepaid: {
      purchased: amount(buckets.purchased.remaining),
      promotional: amount(buckets.promotional.remaining),
      adjustment: amount(buckets.adjustment.remaining),
    },
    level: of.level,
    reason: of.reason,
    action: of.action,
    advice: of.advice,
    payg: payg && {
      mode: payg.mode,
      enabled: payg.enabled,
      limit: payg.limit === null ? null : amount(payg.limit),
      spent: amount(payg.spent),
      held: amount(payg.held),
    },
    autoTopUp: { ...autoTopUp, threshold: autoTopUp.threshold === null ? null : amount(autoTopUp.threshold) },
    runway: runway && { days: runway.days, perDay: amount(runway.perDay) },
  };
}
