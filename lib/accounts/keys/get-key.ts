import { readMaker } from "@/lib/audit";
import { requirePublicId } from "@/lib/kernel/ids";
import { mayRead } from "@/lib/platform/authorize";
import type { Context } from "@/lib/platform/context";
import type { KeyDetail } from "../schema";
import { readKeys } from "./key-store";
import { keyAnswer } from "./list-keys";
import { noSuchKey } from "./own-key";

/** One key with its permitted calls, its maker, and the end of its earlier secret. Errors: not_found. */
export async function getKey(ctx: Context, { id }: { id: string }): Promise<KeyDetail> {
  mayRead(ctx);
  const { organizationId, id: keyId } = requirePublicId(id, "key");
  if (organizationId !== ctx.organizationId) throw noSuchKey();
  const [[row], madeBy] = await Promise.all([readKeys(ctx, keyId), readMaker(ctx, "key.created", id)]);
  if (!row) throw noSuchKey();
  const { endpoints, models, previousUntil } = row;
  const previous = previousUntil && previousUntil > ctx.now ? previousUntil.toISOString() : null;
  return { ...keyAnswer(ctx, row), endpoints, models, previousUntil: previous, madeBy };
}
