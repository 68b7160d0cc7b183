"use client";
import { CircleCheck, CircleOff, LoaderCircle, TriangleAlert } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { buttonVariants } from "@/components/ui/button";
import { cn } from "@/components/ui/class-names";
import { Time } from "@/components/values/time";
import { printDecimal } from "@/lib/kernel/print-amount";
import { printMoney } from "@/lib/kernel/print-money";
import type { AutoTopUpFacts } from "./facts";

const ICONS = { off: CircleOff, ready: CircleCheck, charging: LoaderCircle, waiting: TriangleAlert };
const COLORS = { off: "text-muted", ready: "text-good", charging: "text-muted", waiting: "text-warning" };

/** The state in a sentence. */
function useSentence({ standing }: AutoTopUpFacts) {
  const t = useTranslations("autoTopUp.state");
  const { unit } = useFacts();
  const { state, reason, until, rule, level, enabled } = standing;
  const print = (decimal: string) => printDecimal(decimal, unit, "balance").text;
  const time = () => (until ? <Time at={until} /> : null);
  if (state === "waiting" && reason === "declined") return until ? t.rich("declined", { time }) : t("declinedNow");
  if (state === "waiting" && reason === "capped") return t.rich("capped", { time });
  if (state === "waiting" && reason) return t(reason);
  if (state === "ready")
    return t("ready", { level: print(level), threshold: printDecimal(rule?.threshold ?? "0", unit).text });
  if (state === "charging") return enabled ? t("charging") : t("offLast");
  return t("off");
}

/** The one thing to do about it; nothing when it continues by itself or the rule below is to be changed. */
function Next({ standing, offer, reader }: AutoTopUpFacts) {
  const paths = usePaths();
  const t = useTranslations("autoTopUp.do");
  const buy = useFacts().labels.topUp ?? "";
  const { reason, rule } = standing;
  if (
    reader.role !== "owner" ||
    reason === null ||
    reason === "capped" ||
    reason === "unavailable" ||
    reason === "disputed"
  )
    return null;
  const filled = rule?.pack ? `?pack=${encodeURIComponent(rule.pack)}` : `?amount=${rule?.amount ?? ""}`;
  const price = rule?.purchase ? printMoney(rule.purchase.price.amount, offer.currency) : null;
  const pay = { href: `${paths.addFunds}${filled}`, text: price ? t("pay", { price }) : buy };
  const card = { href: paths.paymentMethods, text: t("card") };
  const { href, text } = {
    declined: card,
    suspended: card,
    no_card: { ...card, text: t("addCard") },
    authentication_required: pay,
    gap: { ...pay, text: buy },
    returned: { ...pay, text: buy },
    plan_required: { href: paths.subscription, text: t("plan") },
  }[reason];
  return (
    <Link href={href as Route} className={buttonVariants({ className: "max-sm:w-full" })}>
      {text}
    </Link>
  );
}

/** The state and its consequence. */
export function StateLine({ facts }: { facts: AutoTopUpFacts }) {
  const t = useTranslations("autoTopUp.state");
  const sentence = useSentence(facts);
  const { state, reason } = facts.standing;
  const Icon = ICONS[state];
  const last = facts.history[0];
  const refused = reason === "declined" || reason === "suspended" ? (last?.failure?.message ?? null) : null;
  return (
    <section
      role="status"
      className={cn(
        "flex flex-wrap items-center gap-x-4 gap-y-3 rounded-card border bg-card px-5 py-4 lg:col-span-12",
        state === "waiting" && "border-warning/40 bg-warning-soft",
      )}
    >
      <Icon
        aria-hidden="true"
        className={cn(
          "size-5 shrink-0",
          COLORS[state],
          state === "charging" && "animate-spin motion-reduce:animate-none",
        )}
      />
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium">{sentence}</p>
        {refused ? <p className="text-sm">{t("bank", { reason: refused })}</p> : null}
      </div>
      <Next {...facts} />
    </section>
  );
}
