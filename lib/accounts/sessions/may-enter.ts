import { env } from "@/lib/platform/env";
import { isExpected, proveAddress } from "./link-store";
import type { Visit } from "./visit";

/** Whether a proved address may sign in: anyone's, or where people are invited, a user's or an invited one. */
export async function mayEnter({ db, now }: Visit, email: string): Promise<boolean> {
  return env().SIGN_UP === "open" || isExpected(db.operator, email.toLowerCase(), now);
}

/** A provider that proves addresses proved the user's. */
export async function markProved({ db, now }: Visit, userId: string): Promise<void> {
  await proveAddress(db, userId, now);
}
