import { currentCatalogue } from "@/lib/catalogue";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { windowAnswers } from "../limits/limit-fields";
import type { Member, MemberList } from "../schema";
import { readMembers } from "./member-store";

type Row = Awaited<ReturnType<typeof readMembers>>[number];

/** A member as it is answered, in the unit's decimals. */
export function memberAnswer({ since, spent, windows, ...member }: Row): Member {
  const { scale } = currentCatalogue().catalogue.unit;
  return {
    ...member,
    since: since.toISOString(),
    limits: windowAnswers(windows, scale),
    spent30d: formatAmount(spent, scale),
  };
}

/**
 * The organization's people, the first to join first: what they may spend over all their keys, and what those spent.
 * Errors: not_found.
 */
export async function listMembers(ctx: Context): Promise<MemberList> {
  mayRead(ctx);
  return { data: (await readMembers(ctx)).map(memberAnswer) };
}
