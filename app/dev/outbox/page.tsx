import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Outbox } from "@/components/sign-in/outbox";
import { outbox } from "@/lib/adapters/portal/outbox";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("signIn.outbox");
  return { title: t("title") };
}

export default async function OutboxPage() {
  const mails = await outbox();
  return mails ? <Outbox mails={mails} /> : notFound();
}
