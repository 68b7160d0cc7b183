"use server";
import { portalAction } from "@/lib/adapters/portal/action";
import { requestRefund } from "@/lib/payments";
import { requestRefundSchema } from "@/lib/payments/schema";

export async function requestRefundAction(organization: unknown, input: unknown) {
  return portalAction(organization, requestRefundSchema, input, async ({ ctx }, values) => {
    await requestRefund(ctx, values);
  });
}
