/** Rows of e-mail links that sign in, and who may ask for one. */
import type { Client, Database } from "@/lib/platform/db";

/** Requests for one address wait for each other, so that their count stays correct. */
export async function lockAddress(client: Client, email: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || $1, 0))", [email]);
}

/** Whether the address is a user's, or is invited. Both are read for every address, so that the time tells neither. */
export async function isExpected({ tables }: Client, email: string, now: Date): Promise<boolean> {
  const open = { email, acceptedAt: null, revokedAt: null, expiresAt: { gt: now } };
  const user = await tables.user.findFirst({ where: { email }, select: { id: true } });
  const invitation = await tables.invitation.findFirst({ where: open, select: { id: true } });
  return user !== null || invitation !== null;
}

/** How many mails with this subject went to the address since then. */
export async function countMails({ tables }: Client, email: string, subject: string, since: Date): Promise<number> {
  return tables.mail.count({ where: { recipient: email, createdAt: { gt: since }, subject } });
}

export async function insertLink(
  { tables }: Client,
  { email, hash, expires }: { email: string; hash: string; expires: Date },
): Promise<void> {
  await tables.verificationToken.createMany({ data: { identifier: email, token: hash, expires } });
}

export async function isOpen({ tables }: Database, email: string, hash: string, now: Date): Promise<boolean> {
  const found = await tables.verificationToken.findFirst({ where: { identifier: email, token: hash } });
  return found !== null && found.expires > now;
}

/** Uses the link up. Of two who come together one finds it. */
export async function takeLink({ tables }: Client, email: string, hash: string, now: Date): Promise<boolean> {
  const { count } = await tables.verificationToken.deleteMany({
    where: { identifier: email, token: hash, expires: { gt: now } },
  });
  return count === 1;
}

/** The user of an address that was just proved; a new one where there is none. */
export async function provedUser(client: Client, email: string, now: Date): Promise<string> {
  const { rows } = await client.query<{ id: string }>(
    `INSERT INTO "user" AS u (email, email_verified, created_at) VALUES ($1, $2, $2)
     ON CONFLICT (email) DO UPDATE SET email_verified = coalesce(u.email_verified, excluded.email_verified)
     RETURNING id`,
    [email, now],
  );
  return rows[0]?.id ?? "";
}

export async function proveAddress({ tables }: Database, userId: string, now: Date): Promise<void> {
  await tables.user.updateMany({ where: { id: userId, emailVerified: null }, data: { emailVerified: now } });
}

/** The work until the rollback is the same for an address that gets a link and for one that gets none. */
export const setSavepoint = ({ query }: Client) => query("SAVEPOINT unsent");
export const rollBackToSavepoint = ({ query }: Client) => query("ROLLBACK TO SAVEPOINT unsent");
