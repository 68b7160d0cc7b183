import { publicId } from "@/lib/kernel/ids";
import type { Dispute } from "../disputes/dispute-store";
import type { DisputeAnswer, RefundAnswer } from "./refund-schema";
import type { Refund } from "./refund-store";

export function refundAnswer(row: Refund, currency: string): RefundAnswer {
  const { organizationId, id, paymentId, state, amount, reason, note, createdAt, settledAt } = row;
  return {
    id: publicId("rfd", organizationId, id),
    payment: publicId("pay", organizationId, paymentId),
    state,
    money: amount === null ? null : { amount: amount.toString(), currency },
    reason,
    note,
    createdAt: createdAt.toISOString(),
    settledAt: settledAt?.toISOString() ?? null,
  };
}

export function disputeAnswer({ id, state, amount, currency, reason, openedAt }: Dispute): DisputeAnswer {
  const money = { amount: amount.toString(), currency };
  return { id, state, money, reason, openedAt: openedAt.toISOString() };
}
