import type { Context } from "@/lib/platform/context";
import { requireSelf } from "../permission";
import type { Session } from "../schema";
import { readSessions } from "./session-store";

/** The user's own sessions, the latest used first; `sessionId` is the one that asks. Errors: forbidden. */
export async function listSessions(ctx: Context, { sessionId }: { sessionId: string }): Promise<Session[]> {
  const userId = requireSelf(ctx);
  const rows = await readSessions(ctx.db, userId, ctx.now);
  return rows.map((row) => ({ ...row, current: row.id === sessionId }));
}
