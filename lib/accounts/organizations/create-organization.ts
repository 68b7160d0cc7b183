import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { newId, organizationPublicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { welcome } from "@/lib/ledger";
import { aboveOrganizations, type InstallationContext } from "@/lib/platform/context";
import { requireProvisioner } from "../permission";
import { type CreateOrganization, createOrganizationSchema } from "../schema";
import { isUntouched, openOrganization } from "./organization-store";

/**
 * Opens an organization with what the catalogue gives at sign-up; the one that has the external id already is answered instead.
 * Errors: forbidden, validation_failed (name, time zone).
 */
export async function createOrganization(
  ctx: InstallationContext,
  input: CreateOrganization,
): Promise<{ id: string; organizationId: string; created: boolean }> {
  requireProvisioner(ctx.actor, "open organizations");
  const { name, externalId, timeZone } = checkInput(createOrganizationSchema, input);
  const draft = { id: newId(ctx.now), name, externalId: externalId ?? null, timeZone, now: ctx.now };
  const { id, created } = await audited(aboveOrganizations(ctx), async (client) => {
    const answer = await openOrganization(client, draft);
    const object = { type: "organization", id: organizationPublicId(answer.id), name } as const;
    const audit = {
      organizationId: answer.id,
      action: "organization.created",
      object,
      after: { name, timeZone },
    } as const;
    return { answer, audit: answer.created ? audit : null };
  });
  // At a first call it is the gate that welcomes: only a billable call gives the allowance.
  const welcomes = currentCatalogue().catalogue.signup.when !== "first_call";
  if (welcomes && (created || (await isUntouched(ctx.db, id)))) await welcome({ ...ctx, organizationId: id });
  return { id: organizationPublicId(id), organizationId: id, created };
}
