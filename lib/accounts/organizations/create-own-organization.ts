import { audited } from "@/lib/audit";
import { newId, organizationPublicId } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import { welcome } from "@/lib/ledger";
import type { PersonContext } from "@/lib/platform/context";
import { asMember } from "../permission";
import { MOST_OWNED, type OrganizationFacts, organizationFactsSchema } from "../schema";
import { insertOwnOrganization } from "./organization-write-store";

/**
 * Opens a further organization for a signed-in user, who owns it. It has the catalogue's default plan, and no signup
 * grant: that is given once per person. Errors: validation_failed (name, time zone), conflict (too many are theirs).
 */
export async function createOwnOrganization(
  person: PersonContext,
  input: OrganizationFacts,
): Promise<{ id: string; organizationId: string }> {
  const facts = checkInput(organizationFactsSchema, input);
  const organizationId = newId(person.now);
  const ctx = asMember(person, organizationId, "owner");
  const id = organizationPublicId(organizationId);
  await audited(ctx, async (client) => {
    const draft = { ...facts, id: organizationId, userId: person.userId, most: MOST_OWNED, now: ctx.now };
    await insertOwnOrganization(client, draft);
    const object = { type: "organization", id, name: facts.name } as const;
    return { answer: undefined, audit: { action: "organization.created", object, after: facts } };
  });
  await welcome(ctx);
  return { id, organizationId };
}
