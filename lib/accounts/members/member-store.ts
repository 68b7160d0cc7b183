import type { MemberRole } from "@/lib/kernel/permissions";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { SPENT_BY_MEMBER } from "../limits/spent-store";
import { RUNNING_DAY, resetsOf, USED_IN_WINDOWS, windowsOf } from "../limits/window-store";
import { LIMIT_WINDOWS, type LimitWindow, type MemberName } from "../schema";

const windowOf = (name: LimitWindow) =>
  `m.limit_${name} AS ${name}_limit, w.${name}_spent, w.${name}_held, ${resetsOf(name)}`;

const MEMBERS = `SELECT m.user_id AS "userId", u.name, u.email, m.role, m.created_at AS since,
    coalesce(s.spent, 0)::bigint AS spent, ${LIMIT_WINDOWS.map(windowOf).join(", ")}
  FROM member m
  JOIN organization o ON o.id = m.organization_id
  JOIN "user" u ON u.id = m.user_id
  ${RUNNING_DAY}
  CROSS JOIN LATERAL (SELECT ${USED_IN_WINDOWS} FROM key_usage u
    WHERE u.organization_id = m.organization_id AND u.member_id = m.user_id) AS w
  LEFT JOIN (${SPENT_BY_MEMBER}) AS s ON s.member_id = m.user_id
  WHERE m.organization_id = $1 AND ($3::uuid IS NULL OR m.user_id = $3) ORDER BY m.created_at, m.user_id`;

/** The names of the members, which need no sums. */
export async function readPeople({ db, organizationId }: Context): Promise<MemberName[]> {
  const members = await queryOrganization(db, organizationId, ({ tables }) =>
    tables.member.findMany({
      where: { organizationId },
      select: { userId: true, user: { select: { name: true, email: true } } },
      orderBy: [{ createdAt: "asc" }, { userId: "asc" }],
    }),
  );
  return members.map(({ userId, user }) => ({ userId, ...user }));
}

type Row = { userId: string; name: string | null; email: string; role: MemberRole; since: Date; spent: bigint };

/** The members of the organization, or one of them, with their keys' spending in 30 days and in each running window. */
export async function readMembers({ db, organizationId, now }: Context, userId?: string) {
  return queryOrganization(db, organizationId, async (client) => {
    const { rows } = await client.query<Row>(MEMBERS, [organizationId, now, userId ?? null]);
    return rows.map((row) => ({
      userId: row.userId,
      name: row.name,
      email: row.email,
      role: row.role,
      since: row.since,
      spent: row.spent,
      windows: windowsOf(row),
    }));
  });
}
