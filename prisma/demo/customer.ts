/** The demo's customers: their organization, the people in it and their keys. */
import { createKey, createOrganization, getKey, keySelf, revokeKey, setKeyLimits } from "@/lib/accounts/index";
import { currentCatalogue } from "@/lib/catalogue/index";
import { parsePublicId } from "@/lib/kernel/ids";
import { floorSignificant, parseAmount } from "@/lib/kernel/money";
import type { MemberRole } from "@/lib/kernel/permissions";
import { grant } from "@/lib/ledger/index";
import type { Context, InstallationContext } from "@/lib/platform/context";

/** `weight` is the key's part of the calls; a key with an end is revoked then. */
export type DemoKey = { id: string; key: string; weight: number; until?: Date };
export type Customer = { id: string; own: Context };

export async function openCustomer(ctx: InstallationContext, name: string, externalId: string): Promise<Customer> {
  const { id, organizationId } = await createOrganization(ctx, { name, externalId });
  return { id, own: { ...ctx, organizationId } };
}

/** Returns the user's id; one user may be in several organizations. */
export async function addMember(
  { db, organizationId, now }: Context,
  { email, name, role }: { email: string; name: string; role: MemberRole },
): Promise<string> {
  const { rows } = await db.operator.query<{ id: string }>(
    `INSERT INTO "user" (email, name, email_verified) VALUES ($1, $2, $3)
     ON CONFLICT (email) DO UPDATE SET name = excluded.name RETURNING id`,
    [email, name, now],
  );
  const id = rows[0]?.id as string;
  await db.operator.query(
    `INSERT INTO member (organization_id, user_id, role, created_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    [organizationId, id, role, now],
  );
  return id;
}

/** Credit that the operator gives, for so many days; null is without an end. */
export async function give(ctx: Context, amount: bigint, reason: string, days: number | null): Promise<void> {
  const expiresAt = days === null ? null : new Date(ctx.now.getTime() + days * 86_400_000);
  const idempotencyKey = `demo:gift:${ctx.now.getTime()}:${amount}`;
  await grant(ctx, { amount, kind: "promotional", reason, idempotencyKey, ...(expiresAt && { expiresAt }) });
}

export async function addKey(own: Context, name: string, weight: number, ownerId?: string): Promise<DemoKey> {
  return { ...(await createKey(own, { name, ...(ownerId && { ownerId }) })), weight };
}

export async function endKey(own: Context, key: DemoKey): Promise<void> {
  await revokeKey(own, { id: key.id });
}

/** Until a month has seen this part of the last 30 days' spending, its own says little. */
const YOUNG_MONTH = 4n;

/**
 * Sets a limit so that this percentage is spent already: of the month, or in total while the month is young. Changes
 * nothing for a key that has spent nothing.
 */
export async function limitKey(own: Context, { id }: Pick<DemoKey, "id">, percent: bigint): Promise<void> {
  const { organizationId } = own;
  const keyId = parsePublicId(id, "key")?.id as string;
  const { windows } = await keySelf({ ...own, actor: { type: "key", organizationId, keyId } });
  const { spent30d } = await getKey(own, { id });
  const usual = parseAmount(spent30d, currentCatalogue().catalogue.unit.scale);
  const window = windows.month.spent * YOUNG_MONTH < usual ? "total" : "month";
  const { spent } = windows[window];
  if (spent > 0n) await setKeyLimits(own, { id, limits: { [window]: floorSignificant((spent * 100n) / percent, 2) } });
}
