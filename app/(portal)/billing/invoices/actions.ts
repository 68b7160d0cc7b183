"use server";
import { portalAction } from "@/lib/adapters/portal/action";
import { requestRefund } from "@/lib/payments";
import { requestRefundSchema } from "@/lib/payments/schema";

export async function requestRefundAction(input: unknown) {
  return portalAction(requestRefundSchema, input, async ({ ctx }, values) => {
    await requestRefund(ctx, values);
  });
}
