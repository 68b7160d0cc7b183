import { queryInstallation } from "@/lib/platform/db";
import { env } from "@/lib/platform/env";
import { isExpected, proveAddress } from "./link-store";
import type { Visit } from "./visit";

/** Whether a verified address may sign in: any address, or with invitations only a user's or an invited one. */
export async function mayEnter({ db, now }: Visit, email: string): Promise<boolean> {
  if (env().SIGN_UP === "open") return true;
  return queryInstallation(db, (client) => isExpected(client, email.toLowerCase(), now));
}

/** A provider that proves addresses proved the user's. */
export async function markProved({ db, now }: Visit, userId: string): Promise<void> {
  await proveAddress(db, userId, now);
}
