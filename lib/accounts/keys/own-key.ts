import { TollgateError } from "@/lib/kernel/errors";
import { requirePublicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import { readKeyOwner } from "../organizations/organization-store";

export const noSuchKey = () => new TollgateError("not_found", "There is no object with this id.");

/** A key of the organization by its public id, as it is now. Errors: not_found. */
export async function ownKey(ctx: Context, text: string) {
  const { organizationId, id } = requirePublicId(text, "key");
  const key = organizationId === ctx.organizationId ? await readKeyOwner(ctx.db, organizationId, id) : null;
  if (!key) throw noSuchKey();
  return { keyId: id, ...key };
}
