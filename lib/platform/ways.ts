import { env } from "./env";

export type OAuthProvider = "github" | "google";
/** `smtp`: mails leave; without it they wait, and only the demo shows them. */
export type SignInWays = { mail: boolean; smtp: boolean; oauth: OAuthProvider[]; demo: boolean };

/** How someone can sign in here. Without a mail server a link is of use only where the demo shows it. */
export function signInWays(): SignInWays {
  const { SMTP_URL, DEMO, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET, AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET } = env();
  const oauth: OAuthProvider[] = [];
  if (AUTH_GITHUB_ID && AUTH_GITHUB_SECRET) oauth.push("github");
  if (AUTH_GOOGLE_ID && AUTH_GOOGLE_SECRET) oauth.push("google");
  const smtp = SMTP_URL !== undefined;
  return { mail: smtp || DEMO, smtp, oauth, demo: DEMO };
}

/** Whether no way to sign in is set up. */
export function isShut({ mail, oauth, demo }: SignInWays): boolean {
  return !mail && oauth.length === 0 && !demo;
}
