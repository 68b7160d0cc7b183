"use client";
import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { buttonVariants } from "@/components/ui/button";
import { Time } from "@/components/values/time";

/** An unpaid invoice: the consequence, and the button to pay. */
export function PastDue({ since, payUrl }: { since: string; payUrl: string | null }) {
  const t = useTranslations("plans.pastDue");
  return (
    <Alert
      className="lg:col-span-12"
      title={t.rich("title", { time: () => <Time at={since} /> })}
      action={
        payUrl ? (
          <a href={payUrl} className={buttonVariants({ variant: "primary" })}>
            {t("pay")}
          </a>
        ) : null
      }
    >
      <p>{t("what")}</p>
    </Alert>
  );
}
