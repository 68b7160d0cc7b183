import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  const t = useTranslations("team");
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      <Skeleton className="h-[280px]" />
    </>
  );
}
