import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { cache } from "react";
import { paths } from "@/lib/kernel/paths";
import { type PortalRequest, portalRequest } from "./session";

/** Read once per request, for the frame and for what it holds. */
export const currentPortal = cache(async (): Promise<PortalRequest | undefined> => portalRequest(await headers()));

/** What a page of the portal needs; whoever is not signed in is sent to sign in and then back. */
export async function portalPage(path: string): Promise<PortalRequest> {
  const request = await currentPortal();
  if (!request) redirect(`${paths.signIn}?callbackUrl=${encodeURIComponent(path)}`);
  return request;
}
