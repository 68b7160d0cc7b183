import { CircleCheck, CircleX } from "lucide-react";
import type { Route } from "next";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { PriceLines } from "@/components/ledger/price-lines";
import { Card, CardHeader } from "@/components/ui/card";
import { ExactAmount } from "@/components/values/exact-amount";
import type { Calculation } from "@/lib/adapters/portal/calculator";
import type { OrganizationPaths } from "@/lib/kernel/paths";
import { printCount } from "@/lib/kernel/print-amount";

type Answered = Exclude<Calculation, { refused: string }>;
type QuoteParameters = Record<string, string | string[] | undefined>;

function Affordable({ quote, short }: Pick<Answered, "quote" | "short">) {
  const t = useTranslations("developers.calculator");
  if (quote.affordable) {
    return (
      <p className="flex items-center gap-2 font-medium text-good">
        <CircleCheck aria-hidden="true" className="size-5 shrink-0" />
        {t("affordable")}
      </p>
    );
  }
  return (
    <div className="text-critical">
      <p className="flex items-center gap-2 font-medium">
        <CircleX aria-hidden="true" className="size-5 shrink-0" />
        {t("notAffordable")}
      </p>
      <p className="mt-1 text-text">
        {short ? t.rich("short", { amount: () => <ExactAmount of={short} /> }) : t("limited")}
      </p>
    </div>
  );
}

/** The quickstart with this very call in it. */
function quickstartOf(asked: QuoteParameters, paths: OrganizationPaths): string {
  const given = Object.entries(asked).filter((one): one is [string, string] => typeof one[1] === "string");
  return `${paths.developers}?${new URLSearchParams([["ask", "quote"], ...given])}`;
}

type Props = {
  paths: OrganizationPaths;
  calculation: Answered;
  version: number;
  asked: QuoteParameters;
  /** Whether a call may cost more than its quote, because what it used is charged. */
  estimated: boolean;
  /** What the catalogue calls the credit of the first call. */
  promotional: string;
};

/** The gate's own answer: price lines, the total, and whether the call would run now. */
export function QuoteResult({ calculation, version, asked, paths, estimated, promotional }: Props) {
  const t = useTranslations("developers.calculator");
  const { quote, discountPercent, available, firstCall, remains, short, buys } = calculation;
  return (
    <Card aria-label={t("result")}>
      <CardHeader title={t("result")}>
        <Link
          href={quickstartOf(asked, paths) as Route}
          className="text-muted text-sm underline-offset-4 hover:underline"
        >
          {t("api")}
        </Link>
      </CardHeader>
      <p className="text-muted text-sm">{t(estimated ? "estimate" : "total")}</p>
      <p className="mb-4 font-semibold text-2xl">
        <ExactAmount of={quote.cost} />
      </p>
      <Affordable quote={quote} short={short} />
      <dl className="my-4 grid gap-x-4 sm:grid-cols-[1fr_auto] [&>dd]:mb-2 [&>dd]:tabular-nums sm:[&>dd]:text-right [&>dt]:text-muted">
        <dt>{t("available")}</dt>
        <dd>
          <ExactAmount of={available} />
        </dd>
        {firstCall ? (
          <>
            <dt>{t("firstCall", { label: promotional })}</dt>
            <dd>
              <ExactAmount of={firstCall} />
            </dd>
          </>
        ) : null}
        {remains ? (
          <>
            <dt>{t("remains")}</dt>
            <dd>
              <ExactAmount of={remains} />
            </dd>
          </>
        ) : null}
        {buys ? (
          <>
            <dt>{t("buys")}</dt>
            <dd>{t("about", { count: printCount(buys) })}</dd>
          </>
        ) : null}
      </dl>
      {quote.lines.length === 0 ? (
        <p>{t("free")}</p>
      ) : (
        <PriceLines lines={quote.lines} cost={quote.cost} discountPercent={discountPercent} version={version} />
      )}
    </Card>
  );
}

/** The API's own words about a call that it will not price. */
export function QuoteRefused({ message }: { message: string }) {
  const t = useTranslations("developers.calculator");
  return (
    <Card aria-label={t("result")}>
      <CardHeader title={t("result")} />
      <p className="flex items-center gap-2 font-medium">
        <CircleX aria-hidden="true" className="size-5 shrink-0 text-critical" />
        {t("refused")}
      </p>
      <p className="mt-1 text-muted">{message}</p>
    </Card>
  );
}
