import type { Key } from "@/lib/accounts/schema";

export type KeyState = "working" | "revoked" | "expired";

export function keyState({ revokedAt, expiresAt }: Pick<Key, "revokedAt" | "expiresAt">, now: Date): KeyState {
  if (revokedAt) return "revoked";
  return expiresAt && new Date(expiresAt) <= now ? "expired" : "working";
}
