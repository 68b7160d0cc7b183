/** The organizations of one user, which policies show before an organization is chosen. */
import { organizationPublicId } from "@/lib/kernel/ids";
import type { MemberRole } from "@/lib/kernel/permissions";
import { type Database, queryUser } from "@/lib/platform/db";
import type { Membership } from "../schema";

const MOST = 100;

export async function readMemberships(db: Database, userId: string): Promise<Membership[]> {
  const members = await queryUser(db, { userId }, ({ tables }) =>
    tables.member.findMany({
      where: { userId },
      orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
      take: MOST,
    }),
  );
  const found: Membership[] = [];
  for (const { organizationId, role } of members) {
    // The policy shows one organization at a time.
    const organization = await queryUser(db, { userId, organizationId }, ({ tables }) =>
      tables.organization.findFirst({ where: { id: organizationId }, select: { name: true } }),
    );
    if (organization) {
      found.push({ id: organizationPublicId(organizationId), name: organization.name, role: role as MemberRole });
    }
  }
  return found;
}
