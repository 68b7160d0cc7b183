import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Sections } from "@/components/developers/sections";
import { PageHeader } from "@/components/page-header";

export default function DevelopersLayout({ children }: { children: ReactNode }) {
  const t = useTranslations("developers");
  return (
    <>
      <PageHeader title={t("title")} />
      <Sections />
      {children}
    </>
  );
}
