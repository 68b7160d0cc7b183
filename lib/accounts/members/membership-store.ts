/** The organizations of one user, which policies show before an organization is chosen. */
import { organizationPublicId } from "@/lib/kernel/ids";
import type { MemberRole } from "@/lib/kernel/permissions";
import type { Database } from "@/lib/platform/db";
import type { Membership } from "../schema";

const MOST = 100;

export async function readMemberships(db: Database, userId: string): Promise<Membership[]> {
  return db.prisma.$transaction(async (tx) => {
    await tx.$executeRaw`SELECT set_config('tollgate.user', ${userId}, true)`;
    const members = await tx.member.findMany({
      where: { userId },
      orderBy: [{ createdAt: "asc" }, { organizationId: "asc" }],
      take: MOST,
    });
    const found: Membership[] = [];
    for (const { organizationId, role } of members) {
      // The policy shows one organization at a time.
      await tx.$executeRaw`SELECT set_config('tollgate.organization', ${organizationId}, true)`;
      const organization = await tx.organization.findUnique({ where: { id: organizationId }, select: { name: true } });
      if (organization) {
        found.push({ id: organizationPublicId(organizationId), name: organization.name, role: role as MemberRole });
      }
    }
    return found;
  });
}
