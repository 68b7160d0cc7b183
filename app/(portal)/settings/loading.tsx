import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/page-header";
import { Skeleton } from "@/components/ui/skeleton";

export default function Loading() {
  const t = useTranslations("settings");
  return (
    <>
      <PageHeader title={t("title")} />
      <Skeleton className="h-[520px] max-w-[800px]" />
    </>
  );
}
