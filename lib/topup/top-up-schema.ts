/** Buying credit once, safe for the browser. The browser sends no price: the catalogue has it. */
import { z } from "zod";

/** A form that is sent twice with one `key` is one payment. Without a card, the provider's page asks for one. */
export const startTopUpSchema = z
  .strictObject({
    key: z.string().min(8).max(100),
    /** In whole payment money: "50" or "50.00". */
    amount: z.string().trim().max(20).optional(),
    pack: z.string().max(64).optional(),
    card: z.string().max(255).optional(),
    saveCard: z.boolean().default(false),
  })
  .refine(({ amount, pack }) => (amount === undefined) !== (pack === undefined), {
    path: ["amount"],
    error: "Choose an amount or a pack.",
  });
export type StartTopUp = z.input<typeof startTopUpSchema>;

/** Where the browser continues: on the provider's page, or on our own page with the result. */
export type TopUpAnswer = {
  /** pay_… */
  payment: string;
  state: "open" | "succeeded";
  redirect: string;
};
