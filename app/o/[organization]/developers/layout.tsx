import { getTranslations } from "next-intl/server";
import { Sections } from "@/components/developers/sections";
import { PageHeader } from "@/components/layout/page-header";
import { currentPortal } from "@/lib/adapters/portal/page";

export default async function DevelopersLayout({ params, children }: LayoutProps<"/o/[organization]/developers">) {
  if (!(await currentPortal({ params }))) return children;
  const t = await getTranslations("developers");
  return (
    <>
      <PageHeader title={t("title")} />
      <Sections />
      {children}
    </>
  );
}
