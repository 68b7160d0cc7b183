"use client";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Code } from "@/components/ui/code";
import { CopyButton } from "@/components/ui/copy-button";
import { Dialog } from "@/components/ui/dialog";

type Props = {
  /** Null while there is none to show. */
  secret: string | null;
  title: string;
  /** The consequences, beside the new key itself. */
  note?: string;
  url: string;
  onClose: () => void;
};

const callOf = (url: string, secret: string) => `curl "${url}/v1/balance" \\\n  -H "Authorization: Bearer ${secret}"`;

/** A key's secret, shown once. It asks before it closes without a copy. */
export function NewSecret({ secret, title, note, url, onClose }: Props) {
  const t = useTranslations("keys.secret");
  const [copied, setCopied] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const close = () => {
    setCopied(false);
    setLeaving(false);
    onClose();
  };
  const wantClose = () => (copied ? close() : setLeaving(true));
  if (secret === null) return null;
  return (
    <Dialog
      open
      onOpenChange={(open) => open || wantClose()}
      title={title}
      className="sm:w-[36rem]"
      footer={
        leaving ? (
          <>
            <Button onClick={() => setLeaving(false)}>{t("stay")}</Button>
            <Button variant="danger" onClick={close}>
              {t("leave")}
            </Button>
          </>
        ) : (
          <Button onClick={wantClose}>{t("done")}</Button>
        )
      }
    >
      <div className="grid gap-4">
        {leaving ? (
          <p role="alert" className="flex gap-2 rounded-control bg-warning-soft px-3 py-2 text-warning">
            <TriangleAlert aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
            {t("notCopied")}
          </p>
        ) : (
          <p>{t("once")}</p>
        )}
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <code
            translate="no"
            data-secret
            className="min-w-0 flex-1 basis-64 break-all rounded-control bg-control px-3 py-2 font-mono text-sm"
          >
            {secret}
          </code>
          <CopyButton variant="primary" text={secret} what={t("key")} onCopied={() => setCopied(true)}>
            {t("copy")}
          </CopyButton>
        </div>
        {note ? <p className="text-muted text-sm">{note}</p> : null}
        <div className="grid gap-1.5">
          <p className="font-medium text-sm">{t("try")}</p>
          <Code text={callOf(url, secret)} what={t("call")} copy />
        </div>
      </div>
    </Dialog>
  );
}
