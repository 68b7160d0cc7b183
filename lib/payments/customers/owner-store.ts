import type { Client } from "@/lib/platform/db";

/** Addresses of those who may pay. */
export async function ownerAddresses({ tables }: Client, organizationId: string): Promise<string[]> {
  const owners = await tables.member.findMany({
    where: { organizationId, role: "owner" },
    select: { user: { select: { email: true } } },
  });
  return owners.map(({ user }) => user.email).sort();
}
