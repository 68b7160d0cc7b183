import type { MetadataRoute } from "next";
import { connection } from "next/server";
import { manifestIcons } from "@/lib/adapters/portal/icons";
import { loadedCatalogue } from "@/lib/adapters/portal/loaded-catalogue";
import { paths } from "@/lib/kernel/paths";

/** The name and the icons of an installed portal: the operator's name and logo. */
export default async function manifest(): Promise<MetadataRoute.Manifest> {
  await connection();
  const { operator } = await loadedCatalogue();
  return {
    name: operator.name,
    short_name: operator.name,
    start_url: paths.start,
    display: "standalone",
    background_color: "#ffffff",
    theme_color: "#ffffff",
    icons: manifestIcons(operator.logo),
  };
}
