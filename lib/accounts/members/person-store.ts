import type { Database } from "@/lib/platform/db";

/** Who someone is. `email` is in lower case; `verified` says that it was shown to be theirs. */
export type Person = { name: string | null; email: string; verified: boolean };

export async function readPerson(db: Database, id: string): Promise<Person | undefined> {
  const user = await db.tables.user.findFirst({
    where: { id },
    select: { name: true, email: true, emailVerified: true },
  });
  if (!user) return undefined;
  return { name: user.name, email: user.email.toLowerCase(), verified: user.emailVerified !== null };
}
