import { audited } from "@/lib/audit";
import { newToken, tokenHash, tokenHint } from "@/lib/kernel/ids";
import { checkInput } from "@/lib/kernel/input";
import type { Context } from "@/lib/platform/context";
import { requireKeyManager } from "../permission";
import { type RotateKey, rotateKeySchema } from "../schema";
import { replaceSecret } from "./key-write-store";
import { noSuchKey, ownKey } from "./own-key";

const HOUR_MS = 3_600_000;

/**
 * Gives a key a new secret, which only this answer holds; the one before works for `overlapHours` more (0: not at the
 * very next call), and one before that no more. Limits and what is spent stay. Errors: forbidden, not_found, conflict.
 */
export async function rotateKey(
  ctx: Context,
  { id, ...input }: RotateKey & { id: string },
): Promise<{ id: string; key: string; previousUntil: Date }> {
  const { overlapHours } = checkInput(rotateKeySchema, input);
  const { keyId, ownerId } = await ownKey(ctx, id);
  requireKeyManager(ctx, ownerId);
  const key = newToken("sk");
  const previousUntil = new Date(ctx.now.getTime() + overlapHours * HOUR_MS);
  return audited(ctx, async (client) => {
    const secret = { hash: tokenHash(key), hint: tokenHint(key), until: previousUntil };
    const name = await replaceSecret(client, ctx.organizationId, keyId, secret);
    if (name === undefined) throw noSuchKey();
    const object = { type: "key", id, name } as const;
    const after = { hint: secret.hint, previousUntil: previousUntil.toISOString() };
    return { answer: { id, key, previousUntil }, audit: { action: "key.rotated", object, after } };
  });
}
