/** Auto top-up, safe for the browser. Amounts are decimals of the unit or of the payment currency. */
import { z } from "zod";
import type { AutoTopUpBlock, AutoTopUpState } from "@/lib/ledger/schema";
import type { MoneyAnswer, PaymentAnswer } from "@/lib/payments/schema";

const decimal = z
  .string()
  .trim()
  .regex(/^[0-9]{1,18}(?:\.[0-9]{1,9})?$/, { error: "Write an amount such as 20 or 20.50." });

/**
 * `threshold` is in the unit; `amount` and `monthlyCap` are in the payment currency. Without a card, the default card
 * is charged.
 */
export const setAutoTopUpSchema = z.strictObject({
  threshold: decimal,
  amount: decimal.optional(),
  pack: z.string().max(100).optional(),
  paymentMethod: z.string().max(255).optional(),
  monthlyCap: decimal.optional(),
});
export type SetAutoTopUp = z.output<typeof setAutoTopUpSchema>;

/** One purchase: its price, its credit, and its pack, if it is one. */
export type AutoTopUpPurchase = { price: MoneyAnswer; credit: string; pack: { id: string; name: string } | null };

export type AutoTopUpAnswer = {
  enabled: boolean;
  /** `charging`: a payment is in flight; `waiting`: for `reason`, until `until` or until a person acts. */
  state: AutoTopUpState;
  reason: AutoTopUpBlock | null;
  until: string | null;
  /** Null without a rule. */
  rule: {
    threshold: string;
    /** Null if the catalogue no longer sells it. */
    purchase: AutoTopUpPurchase | null;
    amount: string | null;
    pack: string | null;
    /** The chosen card; null is the default card. */
    paymentMethod: string | null;
    monthlyCap: MoneyAnswer | null;
    /** The same as a decimal of the payment currency. */
    capText: string | null;
  } | null;
  /** Prepaid credit minus debt. The threshold applies to it. */
  level: string;
  /** Automatic payments of the running calendar month in the organization's zone, done and in flight. */
  month: { charged: MoneyAnswer; endsAt: string };
};

/** The latest automatic payments, newest first. */
export type AutoTopUpHistory = Pick<
  PaymentAnswer,
  "id" | "state" | "money" | "credit" | "description" | "card" | "failure" | "createdAt" | "settledAt"
>[];

/** The catalogue's choices for a rule. */
export type AutoTopUpOffer = {
  by: "amount" | "pack";
  currency: { code: string; digits: number; symbol: string };
  /** The limits of one payment, if amounts are free. */
  least: string | null;
  most: string | null;
  packs: { id: string; name: string; price: string; credit: string; note: string | null }[];
  presets: { name: string; threshold: string; amount: string | null; pack: string | null }[];
  /** The default cap. */
  monthlyCap: string | null;
  paidPlansOnly: boolean;
};
