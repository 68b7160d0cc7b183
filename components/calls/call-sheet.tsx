"use client";
import { useTranslations } from "next-intl";
import { LoadError } from "@/components/ui/notice";
import { Sheet } from "@/components/ui/sheet";
import { Skeleton } from "@/components/ui/skeleton";
import { CallDetail } from "./call-detail";
import { useCall } from "./use-call";

function Content({ id }: { id: string }) {
  const t = useTranslations("usage.detail");
  const query = useCall(id);
  if (query.data) return <CallDetail call={query.data} />;
  if (query.isError || query.data === null) return <LoadError what={t("theCall")} onRetry={() => query.refetch()} />;
  return (
    <div className="grid gap-4">
      <Skeleton className="h-14" />
      <Skeleton className="h-40" />
      <Skeleton className="h-56" />
    </div>
  );
}

/** One call beside the list; its address is the page's, so it can be sent. */
export function CallSheet({ id, onClose }: { id: string | null; onClose: () => void }) {
  const t = useTranslations("usage.detail");
  return (
    <Sheet open={id !== null} onOpenChange={(open) => !open && onClose()} title={t("title")} wide>
      {id === null ? null : <Content id={id} />}
    </Sheet>
  );
}
