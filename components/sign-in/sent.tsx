import { MailCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button";
import { paths } from "@/lib/kernel/paths";

/** The same for every address, so that it does not reveal whether the address is known. */
export function Sent({ callbackUrl, outbox }: { callbackUrl: string; outbox: boolean }) {
  const t = useTranslations("signIn.sent");
  return (
    <div className="grid gap-5">
      <p role="status" className="flex items-start gap-3">
        <MailCheck aria-hidden="true" className="mt-0.5 size-5 shrink-0 text-muted" />
        <span>{t("what")}</span>
      </p>
      <p className="text-muted text-sm">{t("nothing")}</p>
      <div className="grid gap-3">
        {outbox ? (
          <a href={paths.outbox} className={buttonVariants({ variant: "primary" })}>
            {t("outbox")}
          </a>
        ) : null}
        <a
          href={`${paths.signIn}?${new URLSearchParams({ callbackUrl })}`}
          className={buttonVariants({ variant: "outline" })}
        >
          {t("again")}
        </a>
      </div>
    </div>
  );
}
