"use client";
import { Meter } from "@base-ui/react/meter";
import { OctagonAlert } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { usePaths } from "@/components/context/use-paths";
import { useRead } from "@/components/data/use-read";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Empty, LoadError } from "@/components/ui/notice";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import type { UnsummedKeyList } from "@/lib/accounts/schema";
import { endpoints } from "@/lib/adapters/portal/endpoints";
import { formatAmount } from "@/lib/kernel/money";
import { type NearLimit, nearLimits } from "./near-limit";

const MOST_SHOWN = 5;
const FULL = 100;

function Entry({ near }: { near: NearLimit }) {
  const t = useTranslations("overview.keys");
  const { unit } = useFacts();
  const { name, percent, resetsAt } = near;
  const window = t(`window.${near.window}`);
  const full = percent >= FULL;
  const amount = (of: bigint) => () => <Amount of={formatAmount(of, unit.scale)} />;
  return (
    <li className="grid gap-1.5">
      <div className="flex items-baseline justify-between gap-3">
        <p className="min-w-0 truncate">
          {name} <span className="text-muted">{window}</span>
        </p>
        <p className="shrink-0 text-sm tabular-nums">
          {t.rich("used", { used: amount(near.used), limit: amount(near.limit) })}
        </p>
      </div>
      <Meter.Root
        value={Math.min(FULL, percent)}
        aria-label={t("meter", { key: name, window })}
        getAriaValueText={() => t("percent", { percent })}
      >
        <Meter.Track className="h-2 overflow-hidden rounded-full bg-control">
          <Meter.Indicator className={cn("h-full rounded-full", full ? "bg-critical" : "bg-warning")} />
        </Meter.Track>
      </Meter.Root>
      <p className="flex justify-between gap-3 text-muted text-sm">
        {full ? (
          <span className="flex items-center gap-1.5 text-critical">
            <OctagonAlert aria-hidden="true" className="size-3.5" />
            {t("reached")}
          </span>
        ) : (
          <span>{t("percent", { percent })}</span>
        )}
        <span>{resetsAt ? t.rich("resets", { when: () => <Time at={resetsAt} precise /> }) : t("never")}</span>
      </p>
    </li>
  );
}

/** Windows of keys in which little is left before their calls are refused. */
export function KeysCard({ initial, className }: { initial: UnsummedKeyList; className?: string }) {
  const paths = usePaths();
  const t = useTranslations("overview.keys");
  const { unit } = useFacts();
  const now = useNow();
  const { data, isError, refetch } = useRead(endpoints.keyLimits, {}, { initial });
  const near = nearLimits(data.data, unit.scale, now).slice(0, MOST_SHOWN);
  return (
    <Card aria-labelledby="keys" className={className}>
      <CardHeader id="keys" title={t("title")}>
        <Link href={paths.keys as Route} className={cn(buttonVariants({ variant: "ghost" }), "-mr-3")}>
          {t("all")}
        </Link>
      </CardHeader>
      {near.length > 0 ? (
        <ul className="grid gap-5 pt-1">
          {near.map((one) => (
            <Entry key={`${one.id} ${one.window}`} near={one} />
          ))}
        </ul>
      ) : isError ? (
        <LoadError what={t("failed")} onRetry={() => refetch()} />
      ) : (
        <Empty>{t("empty")}</Empty>
      )}
    </Card>
  );
}
