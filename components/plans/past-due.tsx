"use client";
import { OctagonAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button";
import { Time } from "@/components/values/time";

/** An unpaid invoice: the consequence, and the button to pay. */
export function PastDue({ since, payUrl }: { since: string; payUrl: string | null }) {
  const t = useTranslations("plans.pastDue");
  return (
    <section
      role="alert"
      className="flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border border-critical/40 bg-critical-soft px-5 py-4 lg:col-span-12"
    >
      <OctagonAlert aria-hidden="true" className="size-5 shrink-0 text-critical" />
      <div className="min-w-60 flex-1">
        <p className="font-medium text-critical">{t.rich("title", { time: () => <Time at={since} /> })}</p>
        <p className="text-sm">{t("what")}</p>
      </div>
      {payUrl ? (
        <a href={payUrl} className={buttonVariants({ variant: "primary" })}>
          {t("pay")}
        </a>
      ) : null}
    </section>
  );
}
