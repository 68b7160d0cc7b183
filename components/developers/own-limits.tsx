"use client";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { usePaths } from "@/components/context/use-paths";
import { LimitBars } from "@/components/limits/limit-bars";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Empty } from "@/components/ui/notice";
import type { LimitFacts } from "./limit-facts";

/** The limits that the organization set itself: of its keys, and of its members over all of their keys. */
export function OwnLimits({ keys, members }: Pick<LimitFacts, "keys" | "members">) {
  const t = useTranslations("developers.limits");
  const paths = usePaths();
  const all = [
    ...keys.map((key) => ({ ...key, what: null })),
    ...members.map((member) => ({ ...member, what: t("member") })),
  ];
  return (
    <Card aria-labelledby="key-limits" className="lg:col-span-12">
      <CardHeader id="key-limits" title={t("keyLimits")}>
        <Link href={paths.keys as Route} className={cn(buttonVariants({ variant: "ghost" }), "-mr-3")}>
          {t("toKeys")}
        </Link>
      </CardHeader>
      <p className="mb-3 text-muted">{t("keyLimitsNote")}</p>
      {all.length === 0 ? <Empty>{t("noKeyLimits")}</Empty> : null}
      <ul className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        {all.map(({ id, name, what, limits }) => (
          <li key={id} className="min-w-0">
            <p className="mb-1 truncate font-medium">
              {name} {what ? <span className="font-normal text-muted">{what}</span> : null}
            </p>
            <LimitBars limits={limits} name={name} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
