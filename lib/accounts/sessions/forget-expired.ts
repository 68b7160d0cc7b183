import { requireOperator } from "@/lib/platform/authorize";
import type { InstallationContext } from "@/lib/platform/context";
import { changeInstallation } from "@/lib/platform/db";
import { deleteExpired } from "./session-store";

/** Removes expired sessions and sign-in links. Returns how many. Errors: forbidden. */
export async function forgetExpired({ actor, db, now }: InstallationContext): Promise<number> {
  requireOperator(actor, "clear sessions");
  return changeInstallation(db, (client) => deleteExpired(client, now));
}
