import type { Metadata } from "next";
import { Suspense } from "react";
import { Usage } from "@/components/usage/usage";
import { portalPage } from "@/lib/adapters/portal/page";
import { paths } from "@/lib/kernel/paths";

export const metadata: Metadata = { title: "Usage" };

export default async function UsagePage({ searchParams }: PageProps<"/usage">) {
  const given = Object.entries(await searchParams).filter((one): one is [string, string] => typeof one[1] === "string");
  const query = new URLSearchParams(given).toString();
  await portalPage(query ? `${paths.usage}?${query}` : paths.usage);
  return (
    <Suspense>
      <Usage />
    </Suspense>
  );
}
