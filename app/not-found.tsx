import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { buttonVariants } from "@/components/ui/button";
import { paths } from "@/lib/kernel/paths";

export default function NotFound() {
  const t = useTranslations("shell");
  return (
    <main className="mx-auto grid min-h-dvh max-w-md place-content-center justify-items-center gap-3 p-6 text-center">
      <h1 className="font-semibold text-xl">{t("notFoundTitle")}</h1>
      <p className="text-muted">{t("notFoundText")}</p>
      <Link href={paths.start as Route} className={buttonVariants({ variant: "primary" })}>
        {t("toOverview")}
      </Link>
    </main>
  );
}
