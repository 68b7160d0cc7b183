import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { PaymentList, PaymentListQuery } from "../schema";
import { paymentAnswer } from "./payment-answer";
import { readPayments } from "./payment-list-store";

const cursorParts = z.tuple([z.uuid()]);

/** The organization's payments with their invoices, the latest first. Errors: not_found, validation_failed (cursor). */
export async function listPayments(ctx: Context, { cursor, limit }: PaymentListQuery): Promise<PaymentList> {
  mayRead(ctx);
  const [before] = cursor === undefined ? [undefined] : decodeCursor(cursor, cursorParts);
  const rows = await readPayments(ctx, { before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    data: page.map((row) => paymentAnswer(ctx.organizationId, row)),
    nextCursor: last ? encodeCursor([last.id]) : null,
  };
}
