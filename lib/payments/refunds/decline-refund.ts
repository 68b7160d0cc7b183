import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { ownPaths } from "@/lib/kernel/own-paths";
import { requireOperator } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { mailLink } from "@/lib/platform/letter";
import { queueMail } from "@/lib/platform/mail";
import { lockBalance, readRefundablePayment } from "../clawback/clawback-store";
import { noSuchPayment } from "../payment/own-payment";
import { refundAnswer } from "./refund-answer";
import { refundDeclinedMail } from "./refund-mail";
import { type DeclineRefund, declineRefundSchema, type RefundAnswer } from "./refund-schema";
import { readRefund, readRequester, updateRefund } from "./refund-store";

/**
 * Declines a refund that a customer requested, with a note. The person who requested it gets the note by mail. Errors:
 * forbidden, not_found, conflict (it is no longer open), validation_failed.
 */
export async function declineRefund(ctx: Context, input: DeclineRefund): Promise<RefundAnswer> {
  requireOperator(ctx.actor, "decline refunds");
  const { id, note } = checkInput(declineRefundSchema, input);
  const { organizationId, now } = ctx;
  const found = requirePublicId(id, "rfd");
  const missing = new TollgateError("not_found", "There is no refund with this id.");
  if (found.organizationId !== organizationId) throw missing;
  return audited(ctx, async (client) => {
    await lockBalance(client, ctx);
    const row = await readRefund(client, organizationId, found.id);
    if (!row) throw missing;
    if (row.state !== "requested") throw new TollgateError("conflict", `The refund is already ${row.state}.`);
    const refundable = await readRefundablePayment(client, organizationId, row.paymentId);
    if (!refundable) throw noSuchPayment();
    const change = { state: "declined", amount: null, note, refund: null, settledAt: now } as const;
    await updateRefund(client, row, change);
    const { requester } = await readRequester(client, organizationId, row.requestedBy);
    const { description, currency } = refundable;
    const { support } = currentCatalogue().catalogue.operator;
    const letter = refundDeclinedMail({ description, note, support, url: mailLink(ownPaths(organizationId).invoices) });
    if (requester) await queueMail(client, { to: requester, ...letter, now });
    const object = { type: "refund", id, name: description } as const;
    return {
      answer: refundAnswer({ ...row, ...change }, currency),
      audit: { action: "refund.declined", object, before: { reason: row.reason }, after: { note } },
    };
  });
}
