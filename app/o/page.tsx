import type { Route } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { inLastUsed } from "@/lib/adapters/portal/last-used";
import { currentPerson } from "@/lib/adapters/portal/page";
import { ownPath } from "@/lib/kernel/own-path";
import { paths, placeless } from "@/lib/kernel/paths";

type Query = { to?: string | string[] };

/** What every address without an organization is answered by: the same page in the organization that was used last. */
export default async function LastUsedPage({ searchParams }: { searchParams: Promise<Query> }) {
  const asked = ownPath(Buffer.from(String((await searchParams).to ?? ""), "base64url").toString());
  const to = placeless(asked.split(/[?#]/)[0] ?? "") === "page" ? asked : paths.start;
  const found = await currentPerson();
  const place = found && (await inLastUsed(await headers(), found.person.userId, to));
  // No user is signed in, or the user has no organization. The sign-in page explains both.
  if (!place || place === to) redirect(`${paths.signIn}?callbackUrl=${encodeURIComponent(to)}`);
  redirect(place as Route);
}
