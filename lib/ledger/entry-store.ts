import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import type { Client } from "@/lib/platform/db";
import type { EntryAnswer, GrantKind } from "./schema";

/** A transaction's entries in their order, each with its grant. */
export async function entriesOf(client: Client, organizationId: string, seq: bigint, scale: number) {
  const entries = await client.tables.entry.findMany({
    where: { organizationId, transactionSeq: seq },
    orderBy: { line: "asc" },
  });
  const ids = entries.flatMap((entry) => entry.grantId ?? []);
  const grants = new Map(
    (await client.tables.grant.findMany({ where: { organizationId, id: { in: ids } } })).map((grant) => [
      grant.id,
      grant,
    ]),
  );
  return entries.map((entry): EntryAnswer => {
    const grant = entry.grantId ? grants.get(entry.grantId) : undefined;
    return {
      account: entry.account as EntryAnswer["account"],
      amount: formatAmount(entry.amount, scale),
      grant: grant
        ? {
            id: publicId("grt", organizationId, grant.id),
            kind: grant.kind as GrantKind,
            source: grant.source,
            createdAt: grant.createdAt.toISOString(),
            expiresAt: grant.expiresAt?.toISOString() ?? null,
          }
        : null,
    };
  });
}
