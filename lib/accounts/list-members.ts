import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { readMembers } from "./member-store";
import type { MemberList } from "./schema";

/** The organization's people, the first to join first, and what their keys spent. Errors: not_found. */
export async function listMembers(ctx: Context): Promise<MemberList> {
  mayRead(ctx);
  const { scale } = currentCatalogue().catalogue.unit;
  const members = await readMembers(ctx);
  return {
    data: members.map(({ since, spent, ...member }) => ({
      ...member,
      since: since.toISOString(),
      spent30d: formatAmount(spent, scale),
    })),
  };
}
