/** The client-safe door of plans: plans for sale, the running plan, previews. Amounts are decimal strings. */
import { z } from "zod";

export const INTERVALS = ["month", "year"] as const;
export type Interval = (typeof INTERVALS)[number];
const LIMITS = ["members", "keys", "workspaces", "agents"] as const;
export type PlanLimitName = (typeof LIMITS)[number];
export const PLAN_LIMITS: readonly PlanLimitName[] = LIMITS;

const planId = z.string().min(1).max(64);
const interval = z.enum(INTERVALS);

/** A form makes `key` once, so that a choice that is sent twice is one payment. */
export const choosePlanSchema = z.strictObject({ plan: planId, interval, key: z.uuid() });
export type ChoosePlan = z.infer<typeof choosePlanSchema>;
export const previewChangeSchema = z.strictObject({ plan: planId, interval });
export type PreviewChange = z.infer<typeof previewChangeSchema>;
/** `at`, `creditFrom` and `charged` are the preview's, so that the charge is the one that was shown. */
export const changePlanSchema = z.strictObject({
  plan: planId,
  interval,
  key: z.uuid(),
  at: z.iso.datetime(),
  creditFrom: z.iso.datetime().optional(),
  charged: z.string().regex(/^\d{1,12}$/),
});
export type ChangePlan = z.infer<typeof changePlanSchema>;
export const noInput = z.strictObject({});
/** `limit` is a decimal of the unit, for each cycle; zero is off. */
export const paygForm = z
  .strictObject({ mode: z.enum(["off", "unlimited", "limit"]), limit: z.string().trim().max(40).optional() })
  .refine(({ mode, limit }) => mode !== "limit" || limit !== undefined, {
    path: ["limit"],
    message: "Enter an amount.",
  });
export type PaygForm = z.infer<typeof paygForm>;

/** Minor units as digits, ISO currency. */
type MoneyAnswer = { amount: string; currency: string };

export type PlanAnswer = {
  id: string;
  name: string;
  note: string | null;
  free: boolean;
  allowance: string;
  discountPercent: number;
  limits: { [Name in PlanLimitName]?: number | undefined };
  /** Minor units of the payment currency; null if the plan is not sold by this interval. */
  prices: Record<Interval, string | null>;
};

export type SubscriptionAnswer = {
  plan: string;
  name: string;
  free: boolean;
  interval: Interval | null;
  /** Whether the payment provider bills it. A plan that the operator started by hand cannot be changed here. */
  billed: boolean;
  allowance: string;
  cycleEnd: string;
  paidUntil: string;
  endsAt: string | null;
  pastDueSince: string | null;
  /** Why it does not renew, if no one canceled it. */
  stopped: "dispute" | "refund" | null;
  /** Where the unpaid invoice is paid. */
  payUrl: string | null;
  next: { plan: string; name: string; at: string } | null;
  /** The next invoice; null when there is none, or the provider did not say. */
  renewal: { at: string; money: MoneyAnswer | null } | null;
};

export type PlanList = {
  currency: string;
  symbol: string;
  digits: number;
  plans: PlanAnswer[];
  subscription: SubscriptionAnswer | null;
  /** The last paid plan, if a refund or a dispute of its payment ended it, and no other paid plan has followed. */
  ended: { name: string; at: string; reason: "refund" | "dispute" } | null;
  /**
   * The purchases of the last three cycles against the next larger plan; null if a cycle had none. Money is a month's;
   * `extra` is the credit that the plan includes more. `saves` is negative if the plan costs more.
   */
  upgrade: { name: string; packs: MoneyAnswer; more: MoneyAnswer; extra: string; saves: MoneyAnswer } | null;
  /** What counts against limits now. */
  used: { members: number; keys: number };
  /** What follows a plan that ends. */
  afterwards: string | null;
};

/** `upgrade` and `restart` charge now, `downgrade` starts later, `keep` cancels a downgrade. */
export type ChangeKind = "upgrade" | "restart" | "downgrade" | "keep";
export type ChangePreview = {
  kind: ChangeKind;
  plan: string;
  name: string;
  interval: Interval;
  /** Charged at once. */
  charged: MoneyAnswer;
  /** Added to the plan's credit at once; a restart gives the whole new allowance in place of what is left. */
  added: string;
  allowance: string;
  /** What each period costs from then on. */
  price: MoneyAnswer;
  /** When it takes effect. */
  from: string;
  /** Sent back with the change. */
  at: string;
  /** The moment from which the rest of the old period is credited, if a new one starts. */
  creditFrom: string;
  /** Limits of the new plan that are below the present number. Nothing is removed, and nothing can be added. */
  over: { limit: "members" | "keys"; used: number; most: number }[];
};

/** Where the browser continues: on the provider's page, or on ours with the changed plan. */
export type PlanMove = { redirect: string | null };
