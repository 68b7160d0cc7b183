import { headers } from "next/headers";
import { notFound } from "next/navigation";
import type { Catalogue } from "@/lib/catalogue/schema";
import { PAGE_HEADER } from "@/lib/kernel/page-header";
import { currentBalance } from "./page";
import type { PortalRequest } from "./session";

const SOME_PAGES = ["addFunds", "autoTopUp", "subscription", "runs"] as const;
export type Offered = Record<(typeof SOME_PAGES)[number], boolean>;

/** Which of the pages that not every catalogue has are here. A plan of an earlier catalogue still runs: `planned`. */
export function offeredPages({ topUp, packs, autoTopUp, plans, tags }: Catalogue, planned: boolean): Offered {
  return {
    addFunds: topUp !== null || packs.length > 0,
    autoTopUp: autoTopUp !== null,
    subscription: plans.length > 0 || planned,
    runs: tags.run !== null,
  };
}

/**
 * Ends a request to a page that the catalogue does not offer with a 404. The frame calls it: once a page's skeleton is
 * sent, the status is. The page calls it too, because a frame that is open stays.
 */
export async function requireOffered(portal: PortalRequest): Promise<void> {
  const asked = (await headers()).get(PAGE_HEADER);
  // Auto top-up may be a part of the page of purchases: either is enough.
  const here = SOME_PAGES.filter((name) => portal.paths[name].split("#")[0] === asked);
  if (here.length === 0) return;
  const { plan } = await currentBalance(portal);
  const offered = offeredPages(portal.catalogue, plan !== null);
  if (!here.some((name) => offered[name])) notFound();
}
