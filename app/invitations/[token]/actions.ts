"use server";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { acceptInvitation } from "@/lib/accounts";
import { currentPerson } from "@/lib/adapters/portal/page";
import { signOutHere } from "@/lib/adapters/portal/visit";
import { TollgateError } from "@/lib/kernel/errors";
import { organizationPaths, paths } from "@/lib/kernel/paths";

const pathOf = (token: string) => `${paths.invitations}/${encodeURIComponent(token)}`;

/** Joins, and shows the organization. A refusal is passed by its code, and the page has its text. */
export async function acceptAction(token: string): Promise<void> {
  const found = await currentPerson();
  if (!found) redirect(pathOf(token) as Route);
  try {
    const { id } = await acceptInvitation(found.person, { token });
    redirect(organizationPaths(id).overview);
  } catch (error) {
    if (!(error instanceof TollgateError)) throw error;
    redirect(`${pathOf(token)}?refused=${error.code}` as Route);
  }
}

export async function signOutAction(token: string): Promise<void> {
  await signOutHere();
  redirect(`${paths.signIn}?${new URLSearchParams({ callbackUrl: pathOf(token) })}`);
}
