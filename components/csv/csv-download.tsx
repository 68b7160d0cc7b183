"use client";
import { Download as DownloadIcon, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button, buttonVariants } from "@/components/ui/button";
import { LiveText } from "@/components/ui/live-text";
import { Progress } from "@/components/ui/progress";
import { printCount } from "@/lib/kernel/print-amount";
import { type Download, useDownload } from "./use-download";

function Running({ download, onCancel }: { download: Extract<Download, { state: "running" }>; onCancel: () => void }) {
  const t = useTranslations("csv");
  const { rows, total } = download;
  const count = total === null ? rows : Math.min(rows, total);
  const words =
    total === null ? t("running", { count }) : t("of", { count: printCount(count), total: printCount(total) });
  return (
    <>
      <div className="w-56">
        <Progress label={t("label")} text={words} share={total === null ? null : count / Math.max(1, total)} />
      </div>
      <Button onClick={onCancel}>
        <X aria-hidden="true" className="size-4" />
        {t("cancel")}
      </Button>
    </>
  );
}

/** The rows that are shown, as a file. Without scripts it is a plain link; with them one sees how far it is. */
export function CsvDownload({ address, file }: { address: string; file: string }) {
  const t = useTranslations("csv");
  const { download, start, cancel } = useDownload(file);
  const { state } = download;
  return (
    <div className="flex min-h-9 flex-wrap items-center justify-end gap-2">
      {state === "running" ? <Running download={download} onCancel={cancel} /> : null}
      <span role="status" className={state === "failed" ? "text-critical text-sm" : "text-muted text-sm"}>
        <LiveText>
          {state === "failed" || state === "cancelled" ? t(state) : null}
          {state === "done" ? t("done", { count: download.rows }) : null}
        </LiveText>
      </span>
      {state === "running" ? null : (
        <a
          href={address}
          download={file}
          className={buttonVariants({ variant: "primary" })}
          onClick={(event) => {
            event.preventDefault();
            void start(address);
          }}
        >
          <DownloadIcon aria-hidden="true" className="size-4" />
          {t("download")}
        </a>
      )}
    </div>
  );
}
