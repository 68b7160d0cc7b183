import { currentCatalogue } from "@/lib/catalogue";
import { publicId } from "@/lib/kernel/ids";
import { formatAmount } from "@/lib/kernel/money";
import { mayRead } from "@/lib/ledger";
import type { Context } from "@/lib/platform/context";
import { readKeys } from "./key-store";
import { type KeyList, LIMIT_WINDOWS } from "./schema";

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
      limits: LIMIT_WINDOWS.map((window) => {
        const { limit, spent, held, resetsAt } = windows[window];
        const most = limit === null ? null : amount(limit);
        return {
          window,
          limit: most,
          spent: amount(spent),
          held: amount(held),
          resetsAt: resetsAt?.toISOString() ?? null,
        };
      }),
      spent30d: amount(spent),
    })),
  };
}
