import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PageHeader } from "@/components/page-header";
import { MemberTable } from "@/components/team/member-table";
import { listMembers } from "@/lib/accounts";
import { portalPage } from "@/lib/adapters/portal/page";
import { paths } from "@/lib/kernel/paths";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("team");
  return { title: t("title") };
}

export default async function TeamPage() {
  const { ctx, session } = await portalPage(paths.team);
  const [{ data }, t] = await Promise.all([listMembers(ctx), getTranslations("team")]);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <MemberTable members={data} userId={session.userId} />
    </>
  );
}
