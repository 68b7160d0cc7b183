/** Refunds (requested and made), disputes, and the rest of a payment. Safe for the browser. */
import { z } from "zod";
import type { MoneyAnswer, PaymentState } from "../payment/money-schema";

export const REFUND_STATES = ["requested", "declined", "pending", "succeeded", "failed"] as const;
export type RefundState = (typeof REFUND_STATES)[number];
/** `inquiry`: the bank asks, no money has moved. */
export const DISPUTE_STATES = ["inquiry", "open", "won", "lost"] as const;
export type DisputeState = (typeof DISPUTE_STATES)[number];
/** Nothing is charged by itself: auto top-up waits, and no plan is renewed, until an owner allows it again. */
export type ChargeSuspension = { since: string; payments: string[] };

export type RefundAnswer = {
  /** rfd_… */
  id: string;
  /** pay_… */
  payment: string;
  state: RefundState;
  /** Null while it is only requested. */
  money: MoneyAnswer | null;
  reason: string;
  /** The operator's answer. */
  note: string | null;
  createdAt: string;
  settledAt: string | null;
};

export type DisputeAnswer = {
  id: string;
  state: DisputeState;
  money: MoneyAnswer;
  /** The bank's word for it, such as `fraudulent`. */
  reason: string;
  openedAt: string;
};

/** A payment with its refunds and disputes. Amounts of credit are decimals of the unit. */
export type PaymentReversals = {
  /** pay_… */
  id: string;
  description: string;
  state: PaymentState;
  money: MoneyAnswer;
  /** The payment method; null if it is unknown. */
  card: string | null;
  createdAt: string;
  /** Its credit: of a year's plan, that of the cycles that have started. */
  credit: string;
  /** The clawback of refunds and disputes. */
  clawed: string;
  /** The rest of its credit, and the money that can be refunded for it. */
  left: { credit: string; money: MoneyAnswer };
  /** The latest first. */
  refunds: RefundAnswer[];
  disputes: DisputeAnswer[];
};

const LONGEST_REASON = 500;
export const reasonField = z
  .string()
  .trim()
  .min(1, "Say why.")
  .max(LONGEST_REASON, `Write at most ${LONGEST_REASON} characters.`);

export const requestRefundSchema = z.strictObject({ payment: z.string().max(100), reason: reasonField });
export type RequestRefund = z.infer<typeof requestRefundSchema>;

/** The choices for a plan whose payment is refunded. */
export const PLAN_CHOICES = ["keep", "end_now", "end_at_period_end"] as const;
export type PlanChoice = (typeof PLAN_CHOICES)[number];

/** `amount` in minor units; all that is left when there is none. `plan` is required where the payment's plan runs. */
export const makeRefundSchema = z.strictObject({
  payment: z.string().max(100),
  amount: z.bigint().positive("It must be greater than zero.").optional(),
  reason: reasonField,
  plan: z.enum(PLAN_CHOICES).optional(),
});
export type MakeRefund = z.infer<typeof makeRefundSchema>;

export const declineRefundSchema = z.strictObject({ id: z.string().max(100), note: reasonField });
export type DeclineRefund = z.infer<typeof declineRefundSchema>;
