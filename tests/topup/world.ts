/** Organizations that buy credit: an owner, a saved card, and the catalogue's prices. */
import { createOrganization } from "@/lib/accounts";
import { applyCatalogue, readCatalogueText, startCatalogue } from "@/lib/catalogue";
import { newId } from "@/lib/kernel/ids";
import { ensurePartitions } from "@/lib/ledger";
import type { InstallationContext } from "@/lib/platform/context";
import { database } from "@/lib/platform/db";
import { type Customer, ownerRows } from "../gate/world";

/** A preset of the repository, live. */
export async function openCatalogue(name: string): Promise<InstallationContext> {
  const ctx: InstallationContext = { actor: { type: "operator" }, now: new Date(), db: database() };
  const { text } = await readCatalogueText(name);
  await applyCatalogue(ctx, { text });
  await startCatalogue(ctx.db);
  await ensurePartitions(ctx);
  return ctx;
}

/** A row as the provider's card leaves it: the default one. */
export async function saveCard(organizationId: string, id = newId()): Promise<string> {
  await ownerRows("UPDATE payment_method SET is_default = false WHERE organization_id = $1", [organizationId]);
  await ownerRows(
    `INSERT INTO payment_method (organization_id, id, brand, last4, exp_month, exp_year, is_default)
     VALUES ($1, $2, 'visa', '4242', 12, 2040, true)`,
    [organizationId, id],
  );
  await ownerRows("SELECT ledger.auto_top_up_cards_changed($1, NULL)", [organizationId]);
  return id;
}

export async function organization(ctx: InstallationContext, timeZone = "UTC"): Promise<Customer> {
  const made = await createOrganization(ctx, { name: "Buyer", timeZone });
  return { ctx: { ...ctx, now: new Date(), organizationId: made.organizationId }, ...made };
}

/** An organization with a saved card. */
export async function buyer(ctx: InstallationContext): Promise<Customer> {
  const made = await organization(ctx);
  await saveCard(made.organizationId);
  return made;
}

/** Its context now. */
export const fresh = ({ ctx }: Customer) => ({ ...ctx, now: new Date() });
