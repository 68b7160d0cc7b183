/** A dispute stops automatic charges: who gets a mail, with which facts. */
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
import { readAsker } from "../refunds/refund-store";
import { disputeOpenedMail, disputeOperatorMail } from "./dispute-mail";
import { suspendCharges } from "./dispute-store";
import type { ProviderDispute } from "./provider-disputes";

type Told = Pick<ProviderDispute, "id" | "state" | "amount" | "currency" | "reason"> & { paymentId: string };

/** The bank's word for it, such as `product_not_received`, as words. */
const reasonWords = (reason: string) => reason.replaceAll("_", " ");

/**
 * Stops every automatic charge of the organization, and tells its owners and the operator once; one that is lost does
 * also where an owner had allowed them since. The caller holds the lock on the balance row. Returns whether that was
 * news.
 */
export async function suspendForDispute(client: Client, ctx: Context, told: Told): Promise<boolean> {
  const { organizationId, now } = ctx;
  if (!(await suspendCharges(client, ctx, told.id, told.state === "lost"))) return false;
  const { catalogue } = currentCatalogue();
  const refundable = await readRefundablePayment(client, organizationId, told.paymentId);
  const { organization } = await readAsker(client, organizationId, null);
  const facts = {
    organization,
    state: told.state,
    description: refundable?.description ?? "",
    amount: `${formatMinor(told.amount, catalogue.payment.digits)} ${told.currency}`,
    reason: reasonWords(told.reason),
  };
  const letter = disputeOpenedMail({ ...facts, url: mailLink(ownPaths(organizationId).billing) });
  for (const to of await ownerAddresses(client, organizationId)) await queueMail(client, { to, ...letter, now });
  const payment = publicId("pay", organizationId, told.paymentId);
  const { support } = catalogue.operator;
  await queueMail(client, { to: support, ...disputeOperatorMail({ ...facts, payment, dispute: told.id }), now });
  log.warn({ organization: organizationId, payment, dispute: told.id, state: told.state }, "a payment is disputed");
  return true;
}
