"use client";
import { Meter } from "@base-ui/react/meter";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/class-names";
import { LiveText } from "@/components/ui/live-text";
import { Amount } from "@/components/values/amount";
import { Time } from "@/components/values/time";
import { printDecimal } from "@/lib/kernel/print-amount";
import { type Limit, limitShare } from "./limit-share";

const BAR = { open: "text-muted", near: "text-warning", reached: "text-critical" } as const;
/** Reserved credit may return, so its bar is not solid. */
const HATCHES = "repeating-linear-gradient(135deg, currentColor 0 1.5px, transparent 1.5px 4px)";

/** The spent part, and hatched after it the reserved part. */
function Track({ share, spentShare, fullness }: NonNullable<ReturnType<typeof limitShare>>) {
  return (
    <Meter.Track
      className={cn(
        "my-1 flex h-1.5 overflow-hidden rounded-full bg-control ring-1 ring-line ring-inset",
        BAR[fullness],
      )}
    >
      <span className="h-full bg-current" style={{ width: `${spentShare * 100}%` }} />
      <span className="h-full" style={{ width: `${(share - spentShare) * 100}%`, background: HATCHES }} />
    </Meter.Track>
  );
}

function LimitBar({ limit, name }: { limit: Limit; name: string }) {
  const t = useTranslations("keys");
  const { unit } = useFacts();
  const share = limitShare(limit, unit.scale);
  if (!share || limit.limit === null) return null;
  const { used, fullness } = share;
  const window = t(`window.${limit.window}`);
  const print = (amount: string) => printDecimal(amount, unit).text;
  const text = t("used", { spent: print(used), limit: print(limit.limit) });
  return (
    <li className="min-w-0">
      <p className="flex flex-wrap items-baseline justify-between gap-x-3 text-sm">
        <span className="flex items-center gap-2">
          <LiveText>{window}</LiveText>
          {fullness === "open" ? null : (
            <Badge tone={fullness === "reached" ? "critical" : "warning"}>{t(fullness)}</Badge>
          )}
        </span>
        <span className="tabular-nums">
          {t.rich("usedRich", {
            spent: () => <Amount of={used} />,
            limit: () => <Amount of={limit.limit ?? "0"} />,
          })}
        </span>
      </p>
      <Meter.Root
        value={Math.round(share.share * 100)}
        aria-label={t("meter", { window, name })}
        getAriaValueText={() => text}
      >
        <Track {...share} />
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

/** The limits of a key or a member, one bar for each window with a limit. */
export function LimitBars({ limits, name, className }: { limits: readonly Limit[]; name: string; className?: string }) {
  const t = useTranslations("keys");
  const set = limits.filter(({ limit }) => limit !== null);
  if (set.length === 0) return <span className="text-muted">{t("noLimit")}</span>;
  return (
    <ul className={cn("grid gap-2", className)}>
      {set.map((limit) => (
        <LimitBar key={limit.window} limit={limit} name={name} />
      ))}
    </ul>
  );
}
