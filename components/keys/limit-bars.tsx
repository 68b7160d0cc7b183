"use client";
import { Meter } from "@base-ui/react/meter";
import { useTranslations } from "next-intl";
import { Amount } from "@/components/amount";
import { useFacts } from "@/components/facts";
import { printDecimal } from "@/components/format-amount";
import { Time } from "@/components/time";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { type Limit, limitShare } from "./limit-share";

const BAR = { open: "bg-muted", near: "bg-warning", reached: "bg-critical" } as const;

function LimitBar({ limit, name }: { limit: Limit; name: string }) {
  const t = useTranslations("keys");
  const { unit } = useFacts();
  const share = limitShare(limit, unit.scale);
  if (!share || limit.limit === null) return null;
  const { used, fullness } = share;
  const window = t(`window.${limit.window}`);
  const print = (amount: string) => printDecimal(amount, unit, "cost").text;
  const text = t("used", { spent: print(used), limit: print(limit.limit) });
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="flex items-center gap-2">
          {window}
          {fullness === "open" ? null : (
            <Badge tone={fullness === "reached" ? "critical" : "warning"}>{t(fullness)}</Badge>
          )}
        </span>
        <span className="tabular-nums">
          {t.rich("usedRich", {
            spent: () => <Amount of={used} kind="cost" />,
            limit: () => <Amount of={limit.limit ?? "0"} kind="cost" />,
          })}
        </span>
      </p>
      <Meter.Root
        value={Math.round(share.share * 100)}
        aria-label={t("meter", { window, name })}
        getAriaValueText={() => text}
      >
        <Meter.Track className="my-1 h-1.5 overflow-hidden rounded-full bg-control">
          <Meter.Indicator className={cn("h-full rounded-full", BAR[fullness])} />
        </Meter.Track>
      </Meter.Root>
      <p className="flex flex-wrap justify-between gap-x-3 text-muted text-xs">
        <span>{limit.held === "0" ? null : t("held", { amount: print(limit.held) })}</span>
        {limit.resetsAt ? (
          <span>
            {t("resets")} <Time at={limit.resetsAt} precise />
          </span>
        ) : null}
      </p>
    </li>
  );
}

/** What a key may spend, one bar for each window that has a limit. */
export function LimitBars({ limits, name }: { limits: readonly Limit[]; name: string }) {
  const t = useTranslations("keys");
  const set = limits.filter(({ limit }) => limit !== null);
  if (set.length === 0) return <span className="text-muted">{t("noLimit")}</span>;
  return (
    <ul className="grid gap-2">
      {set.map((limit) => (
        <LimitBar key={limit.window} limit={limit} name={name} />
      ))}
    </ul>
  );
}
