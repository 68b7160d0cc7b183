"use server";
import { redirect } from "next/navigation";
import { switchOrganization } from "@/lib/accounts";
import { currentPortal } from "@/lib/adapters/portal/page";
import { rememberOrganization, signOutHere } from "@/lib/adapters/portal/visit";
import { paths } from "@/lib/kernel/paths";

export async function signOutAction(): Promise<void> {
  await signOutHere();
  redirect(paths.signIn);
}

/** Remembers the organization in a cookie that scripts cannot read; each request checks the membership anew. */
export async function switchOrganizationAction(id: string): Promise<void> {
  const portal = await currentPortal();
  if (!portal) redirect(paths.signIn);
  await rememberOrganization(await switchOrganization(portal.ctx, { id }));
}
