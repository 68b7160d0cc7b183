/** Rows of sessions and of those whom they belong to. */
import type { MemberRole } from "@/lib/kernel/permissions";
import { type Client, type Database, queryUser } from "@/lib/platform/db";
import type { Session } from "../schema";

export type SessionDraft = {
  hash: string;
  userId: string;
  now: Date;
  expires: Date;
  address: string | null;
  agent: string | null;
};

export async function insertSession({ tables }: Client, draft: SessionDraft): Promise<string> {
  const { hash, now, ...facts } = draft;
  const { id } = await tables.session.create({
    data: { ...facts, sessionToken: hash, createdAt: now, seenAt: now },
    select: { id: true },
  });
  return id;
}

/** The user's sessions that have not expired, the latest used first. */
export async function readSessions(db: Database, userId: string, now: Date): Promise<Omit<Session, "current">[]> {
  const rows = await db.tables.session.findMany({
    where: { userId, expires: { gt: now } },
    orderBy: [{ seenAt: "desc" }, { id: "asc" }],
    select: { id: true, createdAt: true, seenAt: true, address: true, agent: true },
  });
  return rows.map(({ createdAt, seenAt, ...row }) => ({
    ...row,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }));
}

type Ended = { id: string; agent: string | null };

/** Ends one of the user's sessions; nothing where it is not theirs. */
export async function deleteSession({ tables }: Client, userId: string, id: string): Promise<Ended | undefined> {
  const found = await tables.session.findFirst({ where: { userId, id }, select: { id: true, agent: true } });
  const { count } = await tables.session.deleteMany({ where: { userId, id } });
  return found && count === 1 ? found : undefined;
}

/** Ends all of the user's sessions but the one that is named. */
export async function deleteSessions({ tables }: Client, userId: string, except: string | null): Promise<number> {
  const { count } = await tables.session.deleteMany({ where: { userId, ...(except && { id: { not: except } }) } });
  return count;
}

/** Whose session it is, for one who has nothing but its token. */
export async function findSession(db: Database, hash: string): Promise<{ id: string; userId: string } | undefined> {
  const found = await db.tables.session.findFirst({
    where: { sessionToken: hash },
    select: { id: true, userId: true },
  });
  return found ?? undefined;
}

/** The organization that the user's portal opens with. */
export async function firstMembership(db: Database, userId: string) {
  const member = await queryUser(db, { userId }, ({ tables }) =>
    tables.member.findFirst({
      where: { userId },
      orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
      select: { organizationId: true, role: true },
    }),
  );
  return member ? { organizationId: member.organizationId, role: member.role as MemberRole } : undefined;
}

export async function findUser(db: Database, email: string) {
  const user = await db.tables.user.findFirst({ where: { email }, select: { id: true, email: true } });
  return user ?? undefined;
}

/** Rows that have expired. */
export async function deleteExpired({ tables }: Client, now: Date): Promise<number> {
  const sessions = await tables.session.deleteMany({ where: { expires: { lte: now } } });
  const links = await tables.verificationToken.deleteMany({ where: { expires: { lte: now } } });
  return sessions.count + links.count;
}
