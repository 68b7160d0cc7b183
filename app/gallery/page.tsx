import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { connection } from "next/server";
import { Gallery } from "@/components/gallery/gallery";
import { env } from "@/lib/platform/env";

export const metadata: Metadata = { title: "Gallery" };

/** For who writes the portal: it needs no session, shows no data, and a deployment does not have it. */
export default async function GalleryPage() {
  await connection();
  const { NODE_ENV, DEMO } = env();
  if (NODE_ENV === "production" && !DEMO) notFound();
  return <Gallery />;
}
