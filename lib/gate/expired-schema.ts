/** The query and the response of expired holds. Safe for the browser. */
import { z } from "zod";
import { amountOut, filterText, instant, pageLimit, timeOut } from "@/lib/kernel/wire";

export const expiredHoldsQuery = z.strictObject({
  state: z
    .literal("expired")
    .meta({ description: "Holds that expired before they were settled, and whose usage is not reported yet." }),
  organization: filterText.optional().meta({ description: "Only of this customer: `org_…` or your own name for it." }),
  from: instant
    .optional()
    .meta({ description: "Expired at or after; 7 days before `to`, or before now, when left out." }),
  to: instant.optional().meta({ description: "Expired before; no end when left out." }),
  limit: pageLimit(500, 50),
  cursor: filterText.optional(),
});
export type ExpiredHoldsInput = Omit<z.output<typeof expiredHoldsQuery>, "state"> & { state?: "expired" };

export const expiredHoldsAnswer = z
  .strictObject({
    data: z.array(
      z.strictObject({
        id: z.string().meta({ example: "hold_…" }),
        organization: z.string().meta({ example: "org_…" }),
        key: z.string().nullable(),
        endpoint: z.string(),
        model: z.string(),
        ceiling: amountOut.meta({ description: "What was reserved." }),
        openedAt: timeOut,
        expiresAt: timeOut,
        resource: z.strictObject({ type: z.string().nullable(), id: z.string() }).nullable(),
        fingerprint: z.string().nullable(),
      }),
    ),
    nextCursor: z.string().nullable(),
  })
  .meta({ id: "ExpiredHolds" });
export type ExpiredHoldsAnswer = z.infer<typeof expiredHoldsAnswer>;
