import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import { windowAnswers } from "../limits/limit-fields";
import type { Key, KeyList } from "../schema";
import { readKeys } from "./key-store";

export type KeyRow = Awaited<ReturnType<typeof readKeys>>[number];

/** A key as it is answered, in the unit's decimals. */
export function keyAnswer(ctx: Context, row: KeyRow): Key {
  const { scale } = currentCatalogue().catalogue.unit;
  const amount = (value: bigint) => formatAmount(value, scale);
  const { id, name, hint, createdAt, expiresAt, revokedAt, usedAt, owner, windows, spent } = row;
  return {
    id: publicId("key", ctx.organizationId, id),
    name,
    hint,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    lastUsedAt: usedAt?.toISOString() ?? null,
    owner,
    limits: windowAnswers(windows, scale),
    spent30d: amount(spent),
  };
}

/** Every key of the organization, also revoked ones, the latest first, with limits and spending. Errors: not_found. */
export async function listKeys(ctx: Context): Promise<KeyList> {
  mayRead(ctx);
  return { data: (await readKeys(ctx)).map((row) => keyAnswer(ctx, row)) };
}
