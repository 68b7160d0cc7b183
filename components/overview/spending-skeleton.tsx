import { getTranslations } from "next-intl/server";
import { Card } from "@/components/ui/card";
import { Skeleton } from "@/components/ui/skeleton";

/** The places of the lower cards while they are read; nothing stands below them that could be moved. */
export async function SpendingSkeleton() {
  const t = await getTranslations("shell");
  return (
    <>
      {["h-[26rem] lg:col-span-12", "h-80 lg:col-span-7", "h-80 lg:col-span-5"].map((size) => (
        <Card key={size} aria-busy="true" aria-label={t("loading")} className={size}>
          <Skeleton className="h-5 w-32" />
          <Skeleton className="mt-4 h-[calc(100%-2.5rem)]" />
        </Card>
      ))}
    </>
  );
}
