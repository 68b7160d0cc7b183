"use server";
import { cookies } from "next/headers";
import { redirect } from "next/navigation";
import { switchOrganization } from "@/lib/accounts";
import { currentPortal } from "@/lib/adapters/portal/page";
import { signOutHere } from "@/lib/adapters/portal/visit";
import { paths } from "@/lib/kernel/paths";
import { ORGANIZATION_COOKIE, secureCookies } from "@/lib/platform/session";

const YEAR_SECONDS = 31_536_000;

export async function signOutAction(): Promise<void> {
  await signOutHere();
  redirect(paths.signIn);
}

/** Remembers the organization in a cookie that scripts cannot read; each request checks the membership anew. */
export async function switchOrganizationAction(id: string): Promise<void> {
  const portal = await currentPortal();
  if (!portal) redirect(paths.signIn);
  const organizationId = await switchOrganization(portal.ctx, { id });
  (await cookies()).set(ORGANIZATION_COOKIE, organizationId, {
    httpOnly: true,
    sameSite: "lax",
    secure: secureCookies(),
    path: "/",
    maxAge: YEAR_SECONDS,
  });
}
