import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { KeyTable } from "@/components/keys/key-table";
import { PageHeader } from "@/components/page-header";
import { listKeys } from "@/lib/accounts";
import { portalPage } from "@/lib/adapters/portal/page";
import { paths } from "@/lib/kernel/paths";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("keys");
  return { title: t("title") };
}

export default async function KeysPage() {
  const { ctx } = await portalPage(paths.keys);
  const [{ data }, t] = await Promise.all([listKeys(ctx), getTranslations("keys")]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <KeyTable keys={data} now={ctx.now} />
    </>
  );
}
