/** Rows of e-mail links that sign in, and who may ask for one. */
import type { Client, Database } from "@/lib/platform/db";

/** Those of one address wait for one another, so that what was counted stays true. */
export async function lockAddress(client: Client, email: string): Promise<void> {
  await client.query("SELECT pg_advisory_xact_lock(hashtextextended('sign-in ' || $1, 0))", [email]);
}

/** Whether the address is a user's, or is invited. */
export async function isExpected(client: Pick<Client, "query">, email: string, now: Date): Promise<boolean> {
  const { rows } = await client.query<{ expected: boolean }>(
    `SELECT EXISTS (SELECT FROM "user" WHERE email = $1) OR EXISTS (SELECT FROM invitation
       WHERE email = $1 AND accepted_at IS NULL AND revoked_at IS NULL AND expires_at > $2) AS expected`,
    [email, now],
  );
  return rows[0]?.expected === true;
}

/** How many mails with this subject went to the address since then. */
export async function countMails(client: Client, email: string, subject: string, since: Date): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    "SELECT count(*) AS count FROM mail WHERE recipient = $1 AND created_at > $2 AND subject = $3",
    [email, since, subject],
  );
  return Number(rows[0]?.count);
}

export async function insertLink(client: Client, link: { email: string; hash: string; expires: Date }): Promise<void> {
  const { email, hash, expires } = link;
  await client.query("INSERT INTO verification_token (identifier, token, expires) VALUES ($1, $2, $3)", [
    ...[email, hash, expires],
  ]);
}

export async function isOpen(db: Database, email: string, hash: string, now: Date): Promise<boolean> {
  const found = await db.prisma.verificationToken.findUnique({
    where: { identifier_token: { identifier: email, token: hash } },
  });
  return found !== null && found.expires > now;
}

/** Uses the link up. Of two who come together one finds it. */
export async function takeLink(client: Client, email: string, hash: string, now: Date): Promise<boolean> {
  const { rowCount } = await client.query(
    "DELETE FROM verification_token WHERE identifier = $1 AND token = $2 AND expires > $3",
    [email, hash, now],
  );
  return rowCount === 1;
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

export async function proveAddress(db: Database, userId: string, now: Date): Promise<void> {
  await db.prisma.user.updateMany({ where: { id: userId, emailVerified: null }, data: { emailVerified: now } });
}
