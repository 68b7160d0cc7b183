import type { MetadataRoute } from "next";
import { connection } from "next/server";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { pricesPath } from "@/lib/kernel/paths";

/** The portal shows an organization its own account; only the public prices are for a search engine. */
export default async function robots(): Promise<MetadataRoute.Robots> {
  await connection();
  const { labels } = await loadedCatalogue();
  return { rules: { userAgent: "*", allow: [pricesPath(labels.prices), "/_next/static/"], disallow: "/" } };
}
