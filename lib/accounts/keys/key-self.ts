import { TollgateError } from "@/lib/kernel/errors";
import { publicId } from "@/lib/kernel/ids";
import type { Context } from "@/lib/platform/context";
import type { KeySelf } from "../schema";
import { readKeySelf } from "./key-store";

/** The calling key: its limits, and the use of each running window. Errors: forbidden, not_found. */
export async function keySelf(ctx: Context): Promise<KeySelf> {
  if (ctx.actor.type !== "key") throw new TollgateError("forbidden", "Only a key can read its own data.");
  const { organizationId, keyId } = ctx.actor;
  const self = await readKeySelf(ctx.db, organizationId, keyId, ctx.now);
  if (!self) throw new TollgateError("not_found", "There is no such key.");
  return { id: publicId("key", organizationId, keyId), ...self };
}
