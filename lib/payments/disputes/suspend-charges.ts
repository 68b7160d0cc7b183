/** A dispute stops automatic charges: the mails, their recipients and their facts. */
import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatMinor } from "@/lib/kernel/minor-units";
import { ownPaths } from "@/lib/kernel/own-paths";
import type { Context } from "@/lib/platform/context";
import type { Client } from "@/lib/platform/db";
import { mailLink } from "@/lib/platform/letter";
import { log } from "@/lib/platform/log";
import { queueMail } from "@/lib/platform/mail";
import { readRefundablePayment } from "../clawback/clawback-store";
import { ownerAddresses } from "../customers/owner-store";
import { readRequester } from "../refunds/refund-store";
import { disputeOpenedMail, disputeOperatorMail } from "./dispute-mail";
import { suspendCharges } from "./dispute-store";
import type { ProviderDispute } from "./provider-disputes";

type ReportedDispute = Pick<ProviderDispute, "id" | "state" | "amount" | "currency" | "reason"> & { paymentId: string };

/** The bank's reason, such as `product_not_received`, with spaces. */
const reasonText = (reason: string) => reason.replaceAll("_", " ");

/**
 * Stops every automatic charge of the organization and mails its owners and the operator once. A lost dispute does so
 * again, even if an owner has resumed charges since. The caller holds the lock on the balance row. Returns whether
 * this stopped charges.
 */
export async function suspendForDispute(client: Client, ctx: Context, dispute: ReportedDispute): Promise<boolean> {
  const { organizationId, now } = ctx;
  if (!(await suspendCharges(client, ctx, dispute.id, dispute.state === "lost"))) return false;
  const { catalogue } = currentCatalogue();
  const refundable = await readRefundablePayment(client, organizationId, dispute.paymentId);
  const { organization } = await readRequester(client, organizationId, null);
  const facts = {
    organization,
    state: dispute.state,
    description: refundable?.description ?? "",
    amount: `${formatMinor(dispute.amount, catalogue.payment.digits)} ${dispute.currency}`,
    reason: reasonText(dispute.reason),
    plans: String(catalogue.plans.length > 0),
  };
  const letter = disputeOpenedMail({ ...facts, url: mailLink(ownPaths(organizationId).billing) });
  for (const to of await ownerAddresses(client, organizationId)) await queueMail(client, { to, ...letter, now });
  const payment = publicId("pay", organizationId, dispute.paymentId);
  const { support } = catalogue.operator;
  await queueMail(client, { to: support, ...disputeOperatorMail({ ...facts, payment, dispute: dispute.id }), now });
  log.warn(
    { organization: organizationId, payment, dispute: dispute.id, state: dispute.state },
    "a payment is disputed",
  );
  return true;
}
