import { audited } from "@/lib/audit";
import { currentCatalogue } from "@/lib/catalogue";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId, tokenHash } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import type { PersonContext } from "@/lib/platform/context";
import { authenticateKey } from "../keys/authenticate";
import { asMember } from "../permission";
import { type ClaimOrganization, claimOrganizationSchema, MOST_OWNED } from "../schema";
import { insertOwner } from "./organization-write-store";

/**
 * Makes a signed-in user the owner of an organization that a gateway or the operator opened, and that has no members
 * yet. The proof is one of its keys. Errors: forbidden (no first call opens organizations), validation_failed (the key
 * does not work), conflict (it has members; too many are theirs).
 */
export async function claimOrganization(
  person: PersonContext,
  input: ClaimOrganization,
): Promise<{ id: string; organizationId: string }> {
  const { key } = checkInput(claimOrganizationSchema, input);
  if (currentCatalogue().catalogue.signup.when !== "first_call") {
    throw new TollgateError("forbidden", "Accounts are not opened by their first call here.");
  }
  const { db, now, userId } = person;
  const refusal = () => new TollgateError("validation_failed", "This key does not work.", { field: "key" });
  const found = await authenticateKey(db, key);
  if (!found) throw refusal();
  const { organizationId } = found;
  const id = organizationPublicId(organizationId);
  await audited(asMember(person, organizationId, "owner"), async (client) => {
    const draft = { hash: tokenHash(key), userId, most: MOST_OWNED, now };
    const name = await insertOwner(client, organizationId, draft);
    if (name === null) throw refusal();
    const object = { type: "organization", id, name } as const;
    return { answer: undefined, audit: { action: "organization.claimed", object } };
  });
  return { id, organizationId };
}
