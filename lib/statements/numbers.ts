/** The numbers of a month, as `ledger.statement_numbers` writes them and as statements store them. */
import { z } from "zod";
import { GRANT_KINDS, TRANSACTION_TYPES } from "@/lib/ledger/schema";

const amount = z.string().transform(BigInt);
const time = z.string().transform((text) => new Date(text));
const usageLine = z.object({
  id: z.string().nullable(),
  calls: amount,
  cost: amount,
  earlierCalls: amount,
  earlierCost: amount,
});

export const numbersSchema = z.object({
  movements: z.partialRecord(
    z.enum(TRANSACTION_TYPES),
    z.object({
      transactions: amount,
      plan: amount,
      purchased: amount,
      promotional: amount,
      adjustment: amount,
      debt: amount,
    }),
  ),
  usage: z.object({
    total: usageLine,
    byModel: z.array(usageLine),
    byEndpoint: z.array(usageLine),
    byKey: z.array(usageLine),
    byMember: z.array(usageLine),
  }),
  grants: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(GRANT_KINDS),
      source: z.string(),
      createdAt: time,
      expiresAt: time.nullable(),
      amount,
      remaining: amount,
    }),
  ),
  debt: amount,
  reserved: amount,
});
export type Numbers = z.output<typeof numbersSchema>;
