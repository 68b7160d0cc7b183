"use server";
import type { Route } from "next";
import { redirect } from "next/navigation";
import { acceptInvitation } from "@/lib/accounts";
import { currentPerson } from "@/lib/adapters/portal/page";
import { rememberOrganization, signOutHere } from "@/lib/adapters/portal/visit";
import { TollgateError } from "@/lib/kernel/errors";
import { paths } from "@/lib/kernel/paths";

const pathOf = (token: string) => `${paths.invitations}/${encodeURIComponent(token)}`;

/** Joins, and shows the organization from now on. A refusal is told by its code: the page has the words. */
export async function acceptAction(token: string): Promise<void> {
  const found = await currentPerson();
  if (!found) redirect(pathOf(token) as Route);
  try {
    const { organizationId } = await acceptInvitation(found.person, { token });
    await rememberOrganization(organizationId);
  } catch (error) {
    if (!(error instanceof TollgateError)) throw error;
    redirect(`${pathOf(token)}?refused=${error.code}` as Route);
  }
  redirect(paths.overview);
}

export async function signOutAction(token: string): Promise<void> {
  await signOutHere();
  redirect(`${paths.signIn}?${new URLSearchParams({ callbackUrl: pathOf(token) })}`);
}
