import { env } from "./env";

export type OAuthProvider = "github" | "google";
/** `smtp`: a mail server is set. Without one, mails wait, and only the demo shows them. */
export type SignInMethods = { mail: boolean; smtp: boolean; oauth: OAuthProvider[]; demo: boolean };

/** The methods of sign-in that are set up. Without a mail server, only the demo can show a link. */
export function signInMethods(): SignInMethods {
  const { SMTP_URL, DEMO, AUTH_GITHUB_ID, AUTH_GITHUB_SECRET, AUTH_GOOGLE_ID, AUTH_GOOGLE_SECRET } = env();
  const oauth: OAuthProvider[] = [];
  if (AUTH_GITHUB_ID && AUTH_GITHUB_SECRET) oauth.push("github");
  if (AUTH_GOOGLE_ID && AUTH_GOOGLE_SECRET) oauth.push("google");
  const smtp = SMTP_URL !== undefined;
  return { mail: smtp || DEMO, smtp, oauth, demo: DEMO };
}

/** Whether no method of sign-in is set up. */
export function hasNoSignInMethod({ mail, oauth, demo }: SignInMethods): boolean {
  return !mail && oauth.length === 0 && !demo;
}
