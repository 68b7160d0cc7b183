import type { MemberRole } from "@/lib/kernel/permissions";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { SPENT_SINCE } from "./spent-store";

const MEMBERS = `SELECT m.user_id AS "userId", u.name, u.email, m.role, m.created_at AS since,
    coalesce(s.spent, 0) AS spent
  FROM member m
  JOIN "user" u ON u.id = m.user_id
  LEFT JOIN (SELECT k.owner_id, sum(r.spent) AS spent FROM (${SPENT_SINCE}) AS r
    JOIN api_key k ON k.organization_id = $1 AND k.id = r.key_id GROUP BY k.owner_id) AS s ON s.owner_id = m.user_id
  WHERE m.organization_id = $1 ORDER BY m.created_at, m.user_id`;

type Row = { userId: string; name: string | null; email: string; role: MemberRole; since: Date; spent: string };

/** The members of the organization and what the keys that they own spent in the last 30 days. */
export async function readMembers({ db, organizationId, now }: Context) {
  return queryOrganization(db, organizationId, async (client) => {
    const { rows } = await client.query<Row>(MEMBERS, [organizationId, now]);
    return rows.map(({ spent, ...row }) => ({ ...row, spent: BigInt(spent) }));
  });
}
