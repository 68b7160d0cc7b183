import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { stripe } from "../provider/client";
import { isMissing } from "../provider/provider-error";
import { keepPayer, readChangedPayers } from "./customer-store";

const MOST = 100;

/**
 * Sends new names and owners of organizations to the provider, for its invoices and receipts. A failed update is
 * retried at the next run. Returns how many were sent.
 */
export async function followCustomers(installation: InstallationContext): Promise<number> {
  const ctx = aboveOrganizations(installation);
  let told = 0;
  for (const { organizationId, customer, name, email } of await readChangedPayers(ctx, MOST)) {
    try {
      await stripe().customers.update(customer, { name, ...(email !== null && { email }) });
    } catch (error) {
      // A deleted customer is created again, with the current name, when it is needed next.
      if (!isMissing(error)) {
        log.warn(
          { err: (error as Error).message, organization: organizationId },
          "a customer was not updated at the payment provider; the next run tries again",
        );
        continue;
      }
    }
    await keepPayer({ ...ctx, organizationId }, { customer, name, email });
    told += 1;
  }
  return told;
}
