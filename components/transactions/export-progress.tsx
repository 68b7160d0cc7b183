"use client";
import { useTranslations } from "next-intl";
import { printCount } from "@/components/format-amount";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import type { ExportState } from "./use-export";

type Props = { state: ExportState; onCancel: () => void; onRetry: () => void };

/** How far the file has come, under the button that asked for it. */
export function ExportProgressBar({ state, onCancel, onRetry }: Props) {
  const t = useTranslations("transactions.export");
  if (state.step === "idle") return null;
  if (state.step === "failed") {
    return (
      <div
        role="alert"
        className="mb-4 flex flex-wrap items-center gap-3 rounded-card border border-line bg-card px-5 py-3"
      >
        <p className="min-w-0 flex-1">{t("failed")}</p>
        <Button onClick={onRetry}>{t("retry")}</Button>
        <Button variant="ghost" onClick={onCancel}>
          {t("dismiss")}
        </Button>
      </div>
    );
  }
  const { rows, total } = state;
  const text =
    total === null
      ? t("rows", { rows: printCount(rows) })
      : t("rowsOf", { rows: printCount(rows), total: printCount(total) });
  const share = total === null ? null : total === 0 ? 1 : Math.min(1, rows / total);
  return (
    <div className="mb-4 flex items-center gap-4 rounded-card border border-line bg-card px-5 py-3">
      <div className="min-w-0 flex-1">
        <Progress label={t("running")} text={text} share={share} />
      </div>
      <Button onClick={onCancel}>{t("cancel")}</Button>
    </div>
  );
}
