/** A brand-new organization, as a first sign-in opens it, with a key of its owner's. */
import { createKey, openFirstOrganization } from "@/lib/accounts";
import { organizationPublicId } from "@/lib/kernel/ids";
import { database } from "@/lib/platform/db";
import type { Customer } from "./fixture";

export async function newcomer(): Promise<Customer> {
  const db = database();
  const sql = `INSERT INTO "user" (email, email_verified) VALUES (gen_random_uuid() || '@people.example', now()) RETURNING id`;
  const { rows } = await db.operator.query<{ id: string }>(sql);
  const userId = rows[0]?.id ?? "";
  const organizationId = (await openFirstOrganization({ db, now: new Date(), userId })) as string;
  const actor = { type: "user", userId, organizationId, role: "owner" } as const;
  const made = await createKey({ actor, organizationId, now: new Date(), db }, { name: "first" });
  return { id: organizationPublicId(organizationId), organizationId, key: made.key, keyId: made.id };
}
