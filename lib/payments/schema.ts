/** The client-safe door of payments. Money is in minor units, as a string of digits; times are RFC 3339. */
import { z } from "zod";
import type { MoneyAnswer, PaymentState } from "./payment/money-schema";

export * from "./payment/money-schema";
export * from "./refunds/refund-schema";

export const PAYMENT_PURPOSES = ["top_up", "auto_top_up", "plan"] as const;
export type PaymentPurpose = (typeof PAYMENT_PURPOSES)[number];

/** A saved card: `id` is the provider's, pm_…. */
export type CardAnswer = {
  id: string;
  /** "Visa" */
  brand: string;
  last4: string;
  expMonth: number;
  expYear: number;
  isDefault: boolean;
  /** The automatic charges of the card. The page names them before it removes the card. */
  usedBy: ("auto_top_up" | "subscription")[];
};

export type InvoiceAnswer = {
  id: string;
  number: string | null;
  state: "draft" | "open" | "paid" | "void" | "uncollectible";
};

export type PaymentAnswer = {
  /** pay_… */
  id: string;
  purpose: PaymentPurpose;
  state: PaymentState;
  money: MoneyAnswer;
  /** Its credit, a decimal of the unit. */
  credit: string;
  description: string;
  pack: string | null;
  plan: string | null;
  /** The payment method: "Visa ···· 4242". */
  card: string | null;
  failure: { code: string | null; message: string } | null;
  createdAt: string;
  settledAt: string | null;
  invoice: InvoiceAnswer | null;
  /** The clawback of refunds and disputes, in the payment's currency; null without one. */
  refunded: MoneyAnswer | null;
  disputed: "inquiry" | "open" | "won" | "lost" | null;
};
/** An unpaid invoice. `payUrl` is the provider's page to pay it. */
export type UnpaidInvoice = {
  id: string;
  number: string | null;
  description: string;
  money: MoneyAnswer;
  createdAt: string;
  payUrl: string | null;
};
export type PaymentList = { data: PaymentAnswer[]; nextCursor: string | null };

const LIMIT = 25;
const MOST = 100;
export const paymentListQuery = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(MOST).default(LIMIT),
});
export type PaymentListQuery = z.infer<typeof paymentListQuery>;

const cardId = z.string().min(1).max(255);
export const cardTargetSchema = z.strictObject({ id: cardId });
/** `confirmed`: the owner has read which charges use the card. */
export const removeCardSchema = z.strictObject({ id: cardId, confirmed: z.boolean().default(false) });
