"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Button } from "@/components/ui/button";

/** A page that could not be made. The frame around it stays, so the balance and the way out do, too. */
export default function PortalError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const t = useTranslations("shell");
  const { support } = useFacts();
  const retry = useTranslations("common")("retry");
  return (
    <div role="alert" className="grid min-h-80 place-content-center justify-items-center gap-3 text-center">
      <h1 className="font-semibold text-xl">{t("failedTitle")}</h1>
      <p className="max-w-md text-muted">{t("failedText", { support })}</p>
      {error.digest ? <p className="font-mono text-muted text-sm">{t("failedCode", { code: error.digest })}</p> : null}
      <Button onClick={reset}>{retry}</Button>
    </div>
  );
}
