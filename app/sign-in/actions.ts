"use server";
import { redirect } from "next/navigation";
import { AuthError } from "next-auth";
import { paths } from "@/lib/kernel/paths";
import { signIn } from "@/lib/platform/auth";

/** Only a path of our own: `//host` and `/\host` are addresses of others. */
function ownPath(value: FormDataEntryValue | null): string {
  return typeof value === "string" && /^\/(?![/\\])/.test(value) ? value : paths.overview;
}

/** Signs the demo user in and returns to where the visitor came from. */
export async function signInDemo(form: FormData): Promise<void> {
  const redirectTo = ownPath(form.get("callbackUrl"));
  try {
    await signIn("demo", { redirectTo });
  } catch (error) {
    if (!(error instanceof AuthError)) throw error;
    redirect(`${paths.signIn}?error=refused&callbackUrl=${encodeURIComponent(redirectTo)}`);
  }
}
