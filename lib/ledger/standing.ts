/** Pure: the credit that can pay for calls now, its level, and the reason, action and advice for a raised level. */
import { levelOf } from "@/lib/catalogue";
import type { Catalogue, LevelName } from "@/lib/catalogue/schema";
import { adviceOf } from "./advice";
import type { LevelAction, LevelReason } from "./schema";

/** Amounts in minor units; `plan` and `prepaid` are without holds. */
export type Means = {
  plan: bigint;
  prepaid: bigint;
  debt: bigint;
  /** The credit of the first billable call. */
  firstCall: bigint;
  /** The running plan; `unpaid`: its invoice is past due. */
  running: { allowance: bigint; free: boolean; unpaid: boolean } | null;
  /** `room`: how much more prepaid credit this cycle's limit lets through; null is no limit. Null without a plan. */
  payg: { enabled: boolean; room: bigint | null } | null;
};
export type Standing = {
  spendable: bigint;
  level: LevelName;
  reason: LevelReason | null;
  action: LevelAction | null;
  advice: string;
};

/** As the gate decides: debt is owed out of whatever is free, the plan's credit first. */
function partsOf({ plan, prepaid, debt, firstCall, payg }: Means) {
  const planPart = plan > debt ? plan - debt : 0n;
  const prepaidPart = prepaid + firstCall - (debt > plan ? debt - plan : 0n);
  const room = payg === null ? null : payg.enabled ? payg.room : 0n;
  const capped = room !== null && prepaidPart > room ? (room > 0n ? room : 0n) : prepaidPart;
  return { planPart, prepaidPart, capped, payable: planPart + capped };
}

type Parts = ReturnType<typeof partsOf>;

function reasonOf({ running, debt, payg }: Means, { prepaidPart, capped }: Parts): LevelReason {
  if (running?.unpaid) return "plan_unpaid";
  if (debt > 0n) return "debt";
  if (payg && !payg.enabled) return "payg_disabled";
  return prepaidPart > capped ? "payg_limit" : "balance";
}

/** Whether the catalogue sells credit to an organization with this plan: some sell it to paid plans only. */
export function soldTo({ packs, topUp, purchases }: Catalogue, plan: { free: boolean } | null): boolean {
  if (topUp === null && packs.length === 0) return false;
  return purchases === "anyone" || (plan !== null && !plan.free);
}

function saleOf(catalogue: Catalogue, { running }: Means): LevelAction | null {
  if (soldTo(catalogue, running)) return "add_funds";
  return catalogue.plans.some(({ free }) => !free) ? "choose_plan" : null;
}

const ACTIONS: Partial<Record<LevelReason, LevelAction>> = {
  plan_unpaid: "pay_invoice",
  payg_disabled: "switch_on_payg",
  payg_limit: "raise_payg_limit",
};

/** The level of spendable credit and, if it is raised, the reason, the action and the advice. */
export function standingOf(catalogue: Catalogue, means: Means): Standing {
  const parts = partsOf(means);
  const { running } = means;
  const level = levelOf(catalogue, parts.payable, running && { left: parts.planPart, allowance: running.allowance });
  const spendable = parts.payable > 0n ? parts.payable : 0n;
  if (level.name === "normal") return { spendable, level: "normal", reason: null, action: null, advice: level.advice };
  const reason = reasonOf(means, parts);
  const action = ACTIONS[reason] ?? saleOf(catalogue, means);
  const advice = adviceOf(catalogue, level, action, parts.prepaidPart > 0n);
  return { spendable, level: level.name, reason, action, advice };
}

/** The level whose bound the spendable credit exceeds by at least a tenth. */
export function steadyLevelOf(catalogue: Catalogue, means: Means): LevelName {
  const { planPart, payable } = partsOf(means);
  const less = (amount: bigint) => amount - amount / 11n;
  const { running } = means;
  return levelOf(catalogue, less(payable), running && { left: less(planPart), allowance: running.allowance }).name;
}
