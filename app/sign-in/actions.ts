"use server";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { AuthError } from "next-auth";
import { getTranslations } from "next-intl/server";
import { acceptSignInLink, askSignInLink, createOwnOrganization, demoUser, signInMail } from "@/lib/accounts";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { signIn } from "@/lib/adapters/portal/oauth";
import { currentPerson } from "@/lib/adapters/portal/page";
import { currentVisit, signInHere, signOutHere } from "@/lib/adapters/portal/visit";
import { TollgateError } from "@/lib/kernel/errors";
import { ownPath } from "@/lib/kernel/own-path";
import { organizationPaths, paths } from "@/lib/kernel/paths";
import { signInMethods } from "@/lib/platform/sign-in-methods";

const LONGEST_NAME = 100;

type State = { error?: "email" | "expired" | "refused"; sent?: "1" };

function back(callbackUrl: string, state: State): never {
  redirect(`${paths.signIn}?${new URLSearchParams({ ...state, callbackUrl })}`);
}

/** The form as it was sent. A caller who does not use the page may send anything in its place. */
function fieldsOf(given: unknown): FormData {
  return given instanceof FormData ? given : new FormData();
}

/** Sends a link to the address, if it may have one; the answer is always the same. */
export async function askLink(given: FormData): Promise<void> {
  const form = fieldsOf(given);
  const callbackUrl = ownPath(form.get("callbackUrl"));
  if (!signInMethods().mail) back(callbackUrl, { error: "refused" });
  try {
    const letter = signInMail((await loadedCatalogue()).operator.name, callbackUrl);
    await askSignInLink(await currentVisit(), { email: String(form.get("email") ?? ""), letter });
  } catch (error) {
    if (error instanceof TollgateError) back(callbackUrl, { error: "email" });
    throw error;
  }
  back(callbackUrl, { sent: "1" });
}

/** The button behind the link: uses it up. */
export async function signInByLink(given: FormData): Promise<void> {
  const form = fieldsOf(given);
  const callbackUrl = ownPath(form.get("callbackUrl"));
  const link = { email: String(form.get("email") ?? ""), token: String(form.get("token") ?? "") };
  try {
    const { userId } = await acceptSignInLink(await currentVisit(), link);
    await signInHere(userId);
  } catch (error) {
    if (error instanceof TollgateError) back(callbackUrl, { error: "expired" });
    throw error;
  }
  redirect(callbackUrl as Route);
}

export async function signInDemo(given: FormData): Promise<void> {
  const form = fieldsOf(given);
  const callbackUrl = ownPath(form.get("callbackUrl"));
  const user = await demoUser(await currentVisit());
  if (!user) back(callbackUrl, { error: "refused" });
  await signInHere(user.id);
  redirect(callbackUrl as Route);
}

export async function signInOAuth(given: FormData): Promise<void> {
  const form = fieldsOf(given);
  const callbackUrl = ownPath(form.get("callbackUrl"));
  const provider = signInMethods().oauth.find((name) => name === form.get("provider"));
  if (!provider) back(callbackUrl, { error: "refused" });
  try {
    await signIn(provider, { redirectTo: callbackUrl });
  } catch (error) {
    if (error instanceof AuthError) back(callbackUrl, { error: "refused" });
    throw error;
  }
}

/** For one who waits for no invitation: an organization of their own. */
export async function openOwn(): Promise<void> {
  const found = await currentPerson();
  if (!found) back(paths.start, {});
  const t = await getTranslations("signIn.nowhere");
  const name = t("name", { name: found.user.email.split("@")[0] ?? "" });
  const { id } = await createOwnOrganization(found.person, { name: name.slice(0, LONGEST_NAME) });
  redirect(organizationPaths(id).overview);
}

export async function signOut(): Promise<void> {
  await signOutHere();
  redirect(paths.signIn);
}
