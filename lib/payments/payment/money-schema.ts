/** Money and the states of a payment, as every schema of payments has them. */
import { z } from "zod";

/** `amount` in minor units: "5000" is $50.00. */
export const moneyOut = z.strictObject({
  amount: z.string().meta({ example: "5000", pattern: "^(0|[1-9][0-9]*)$" }),
  currency: z.string().meta({ example: "USD" }),
});
export type MoneyAnswer = z.infer<typeof moneyOut>;

export { cardLabel } from "../cards/card-label";

export const PAYMENT_STATES = ["open", "succeeded", "failed", "canceled"] as const;
export type PaymentState = (typeof PAYMENT_STATES)[number];
