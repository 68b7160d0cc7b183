import { TollgateError } from "@/lib/kernel/errors";
import { parseOrganizationId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { isMember } from "./membership-store";
import { type SwitchOrganization, switchOrganizationSchema } from "./schema";

/**
 * The organization (UUID) that the signed-in user may work in from now on; whoever calls remembers it.
 * Errors: forbidden to whoever is no user; not_found where the user is no member, as if it did not exist.
 */
export async function switchOrganization({ actor, db }: Context, input: SwitchOrganization): Promise<string> {
  if (actor.type !== "user") throw new TollgateError("forbidden", "Only a signed-in user changes the organization.");
  const { id } = switchOrganizationSchema.parse(input);
  const organizationId = parseOrganizationId(id);
  if (!organizationId || !(await isMember(db, actor.userId, organizationId))) {
    throw new TollgateError("not_found", "There is no such organization.");
  }
  return organizationId;
}
