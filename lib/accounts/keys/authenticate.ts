/** From a credential to whose it is. A typo is refused by its checksum, before the database is queried. */
import { isToken, tokenHash } from "@/lib/kernel/ids";
import type { Database } from "@/lib/platform/db";
import { type FoundKey, findKeyByHash, findSecretByHash } from "../organizations/organization-store";

export type KeyIdentity = { organizationId: string; keyId: string };

/** Whose key it is and of which generation, whether or not it still works: that never changes, so it may be cached. */
export async function findKey(db: Database, token: string): Promise<FoundKey | undefined> {
  return isToken("sk", token) ? findKeyByHash(db, tokenHash(token)) : undefined;
}

/** Undefined for a key that is unknown, revoked or expired. */
export async function authenticateKey(db: Database, token: string): Promise<KeyIdentity | undefined> {
  const key = await findKey(db, token);
  return key?.active ? { organizationId: key.organizationId, keyId: key.keyId } : undefined;
}

/** Undefined for a secret that is unknown or revoked. */
export async function authenticateGateway(db: Database, token: string): Promise<{ secretId: string } | undefined> {
  const secret = isToken("gw", token) ? await findSecretByHash(db, tokenHash(token)) : undefined;
  return secret?.active ? { secretId: secret.id } : undefined;
}
