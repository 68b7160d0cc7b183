import { env } from "@/lib/platform/env";
import { isExpected } from "./link-store";
import type { Visit } from "./visit";

/** Whether a proved address may sign in: anybody's, or where people are invited, a user's or an invited one. */
export async function mayEnter({ db, now }: Visit, email: string): Promise<boolean> {
  return env().SIGN_UP === "open" || isExpected(db.operator, email.toLowerCase(), now);
}
