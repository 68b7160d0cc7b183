/** Whose things a read is about: a key's own organization, or the one that a gateway names. */
import { z } from "zod";
import { authenticateKey, resolveOrganization } from "@/lib/accounts";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPublicId, parsePublicId, publicId } from "@/lib/kernel/ids";
import { filterText } from "@/lib/kernel/wire";
import type { Context, InstallationContext } from "@/lib/platform/context";
import { type GatewayActor, type KeyActor, looksLikeKey } from "./authenticate";
import { invalidField } from "./validation";

/** Added to the query of every read that a gateway may make. */
export const subject = {
  organization: filterText
    .optional()
    .meta({ description: "For gateways: the customer's `org_…` id or your own name for it." }),
  key: filterText.optional().meta({
    description:
      "An API key's id, `key_…`: only what it did. A gateway may name the customer by it, or by the key itself.",
  }),
};
export const subjectQuery = z.strictObject(subject);

type Reader = Omit<InstallationContext, "actor"> & { actor: GatewayActor | KeyActor };
type Named = { organization?: string | undefined; key?: string | undefined };
/** `key` is the id of the key that was named, to filter by. */
export type Subject = { context: Context; key: string | undefined };

function nothing(): never {
  throw new TollgateError("not_found", "There is no such organization.");
}

/** From a key (`sk_…`) or a key's id to the organization; a wrong key is 401, an id that is none is 404. */
async function ofKey({ db }: Reader, text: string): Promise<{ organizationId: string; key: string }> {
  const id = parsePublicId(text, "key");
  if (id) return { organizationId: id.organizationId, key: text };
  if (!text.startsWith("sk_") && !looksLikeKey(text)) return nothing();
  const found = await authenticateKey(db, text);
  if (!found) throw new TollgateError("unauthenticated", "The credential is missing or wrong.");
  return { organizationId: found.organizationId, key: publicId("key", found.organizationId, found.keyId) };
}

/** Errors: not_found (unknown, or another organization than the key's), unauthenticated, validation_failed. */
export async function subjectOf(reader: Reader, named: Named): Promise<Subject> {
  const byKey = named.key === undefined ? undefined : await ofKey(reader, named.key);
  const byName = named.organization === undefined ? undefined : await resolveOrganization(reader, named.organization);
  if (named.organization !== undefined && !byName) return nothing();
  const { actor } = reader;
  const own = actor.type === "key" ? actor.organizationId : undefined;
  const organizationId = own ?? byName ?? byKey?.organizationId;
  if (!organizationId) throw invalidField("organization", "a gateway names the customer by organization or key");
  if (byName && byName !== organizationId) return nothing();
  if (byKey && byKey.organizationId !== organizationId) return nothing();
  if (byKey && !own && !byName && !(await resolveOrganization(reader, organizationPublicId(organizationId)))) nothing();
  return { context: { ...reader, organizationId }, key: byKey?.key };
}
