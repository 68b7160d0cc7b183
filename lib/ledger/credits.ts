import { z } from "zod";
import { decodeCursor, encodeCursor } from "@/lib/kernel/cursor";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { queryOrganization } from "@/lib/platform/db";
import { readMovements, readPurchased } from "./credit-store";

export type CreditMovement = {
  amount: bigint;
  type: "purchase" | "deduction" | "refund";
  postedAt: Date;
  resource: { type: string | null; id: string | null };
  tags: Record<string, string>;
};
export type Credits = { available: bigint; movements: CreditMovement[]; nextCursor: string | null };

const cursorParts = z.tuple([z.string().regex(/^[1-9][0-9]{0,18}$/)]);
const BIGGEST_SEQ = (2n ** 63n - 1n).toString();

/** Bought credit alone: the rest, and its movements, the latest first. Errors: not_found, validation_failed. */
export async function purchasedCredits(
  ctx: Context,
  { limit, cursor }: { limit: number; cursor?: string | undefined },
): Promise<Credits> {
  mayRead(ctx);
  const before = cursor === undefined ? BIGGEST_SEQ : decodeCursor(cursor, cursorParts)[0];
  return queryOrganization(ctx.db, ctx.organizationId, async (client) => {
    const available = await readPurchased(client, ctx.organizationId, ctx.now);
    const rows = await readMovements(client, ctx.organizationId, { before, limit: limit + 1 });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      available,
      movements: page.map(({ type, postedAt, amount, resourceType, resourceId, tags }) => ({
        amount,
        type,
        postedAt,
        resource: { type: resourceType, id: resourceId },
        tags: tags ?? {},
      })),
      nextCursor: last && rows.length > limit ? encodeCursor([last.seq.toString()]) : null,
    };
  });
}
