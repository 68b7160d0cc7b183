import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { readKeys } from "./key-store";
import { windowAnswers } from "./limit-words";
import type { KeyList } from "./schema";

/** Every key of the organization, revoked ones too, the latest first, with what it may spend and has. Errors: not_found. */
export async function listKeys(ctx: Context): Promise<KeyList> {
  mayRead(ctx);
  const { scale } = currentCatalogue().catalogue.unit;
  const amount = (value: bigint) => formatAmount(value, scale);
  const keys = await readKeys(ctx);
  return {
    data: keys.map(({ id, name, hint, createdAt, expiresAt, revokedAt, owner, windows, spent }) => ({
      id: publicId("key", ctx.organizationId, id),
      name,
      hint,
      createdAt: createdAt.toISOString(),
      expiresAt: expiresAt?.toISOString() ?? null,
      revokedAt: revokedAt?.toISOString() ?? null,
      owner,
      limits: windowAnswers(windows, scale),
      spent30d: amount(spent),
    })),
  };
}
