"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { useNow } from "@/components/context/use-now";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { LiveText } from "@/components/ui/live-text";
import { durationOf } from "@/lib/kernel/duration";
import { printDecimal } from "@/lib/kernel/print-amount";
import { printRunningOut } from "@/lib/kernel/print-time";
import type { BalanceAnswer, BalanceHistory } from "@/lib/ledger/schema";
import { Sparkline } from "./sparkline";

const LONGEST_DAYS = 365;
const DAY_MS = 86_400_000;
type Runway = NonNullable<BalanceAnswer["runway"]>;

/** The sum behind the number, opened on demand. */
function How({ balance, runway }: { balance: BalanceAnswer; runway: Runway }) {
  const t = useTranslations("overview.runway");
  const { unit, timeZone } = useFacts();
  const now = useNow().getTime();
  const renewal = balance.plan && Date.parse(balance.plan.resetsAt);
  const counted = renewal && renewal > now && renewal < now + runway.days * DAY_MS ? renewal : null;
  const amount = printDecimal(balance.spendable, unit, "balance").exact;
  const sum = balance.spendable === balance.available ? "sum" : "sumSpendable";
  const perDay = printDecimal(runway.perDay, unit).exact;
  return (
    <details className="mt-2 text-muted text-sm">
      <summary className="w-fit cursor-pointer underline underline-offset-4 hover:text-text">{t("how")}</summary>
      <p className="mt-2 text-text tabular-nums">{t(sum, { amount, perDay, days: runway.days })}</p>
      <p className="mt-1">{t("average")}</p>
      {counted ? <p className="mt-1">{t("renewal", { when: printRunningOut(new Date(counted), timeZone) })}</p> : null}
    </details>
  );
}

function Pace({ runway }: { runway: Runway }) {
  const t = useTranslations("overview.runway");
  const { unit, timeZone } = useFacts();
  const now = useNow().getTime();
  const when = printRunningOut(new Date(now + runway.days * DAY_MS), timeZone);
  return (
    <p className="mt-1 text-muted">
      <LiveText>
        {t("pace", { perDay: printDecimal(runway.perDay, unit).text })}{" "}
        {runway.days > 0 && runway.days < LONGEST_DAYS ? t("until", { when }) : null}
      </LiveText>
    </p>
  );
}

type Props = { balance: BalanceAnswer; history: BalanceHistory; className?: string };

/** How long the balance lasts, how it went, and the sum behind it. */
export function RunwayCard({ balance, history, className }: Props) {
  const t = useTranslations("overview.runway");
  const words = useTranslations("level.lasting");
  const { runway } = balance;
  const spent = balance.spendable === "0";
  const { key, count } = durationOf(spent ? 0 : (runway?.days ?? 0));
  return (
    <Card aria-labelledby="runway" className={cn("flex flex-col", className)}>
      <h2 id="runway" className="text-muted">
        {t("title")}
      </h2>
      <p className="mt-1 text-2xl first-letter:uppercase">{runway || spent ? words(key, { count }) : t("endless")}</p>
      {spent ? (
        <p className="mt-1 text-muted">{t("empty")}</p>
      ) : runway ? (
        <>
          <Pace runway={runway} />
          <How balance={balance} runway={runway} />
        </>
      ) : (
        <p className="mt-1 text-muted">{t("idle")}</p>
      )}
      <Sparkline history={history} balance={balance} />
    </Card>
  );
}
