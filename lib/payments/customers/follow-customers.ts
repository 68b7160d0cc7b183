import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { log } from "@/lib/platform/log";
import { stripe } from "../provider/client";
import { isMissing } from "../provider/provider-error";
import { keepPayer, readChangedPayers } from "./customer-store";

const MOST = 100;

/**
 * Tells the provider of organizations that have another name or another owner than it was last told: its invoices and
 * receipts go by that. One that fails is told the next time. Returns how many were told.
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
