/** Signing in: links by mail, and the browsers that are signed in. */
import { z } from "zod";
import { timeOut } from "@/lib/kernel/wire";

const MOST_TOKEN = 200;
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());

export const askSignInLinkSchema = z.strictObject({ email });
export const signInLinkSchema = z.strictObject({ email, token: z.string().min(1).max(MOST_TOKEN) });
export type SignInLink = z.input<typeof signInLinkSchema>;

export const sessionSchema = z.strictObject({
  id: z.uuid(),
  createdAt: timeOut,
  seenAt: timeOut,
  /** From where, and the browser as it calls itself, when it was signed in. */
  address: z.string().nullable(),
  agent: z.string().nullable(),
  /** The one that asks. */
  current: z.boolean(),
});
export type Session = z.infer<typeof sessionSchema>;

export const endSessionSchema = z.strictObject({ id: z.uuid() });
export const endAllSessionsSchema = z.strictObject({ keep: z.uuid().optional() });
