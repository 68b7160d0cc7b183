"use client";
import { FileText } from "lucide-react";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useTransition } from "react";
import { useFacts } from "@/components/context/facts";
import { usePaths } from "@/components/context/use-paths";
import { CsvDownload } from "@/components/csv/csv-download";
import { buttonVariants } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Select } from "@/components/ui/select";
import { printDate } from "@/lib/kernel/print-time";
import type { StatementAnswer, StatementLines, StatementList } from "@/lib/statements/schema";
import { GrantsLeft } from "./grants-left";
import { Lines } from "./lines";
import { Movements } from "./movements";
import { UsageParts } from "./usage-parts";
import { monthInWords } from "./words";

type Props = { months: StatementList["data"]; statement: StatementAnswer; lines: StatementLines };

/** Its bounds, and whether it can still change. */
function Standing({ statement: { state, startsAt, endsAt, closesAt, timeZone, hash } }: Pick<Props, "statement">) {
  const t = useTranslations("statements");
  const day = (at: string) => printDate(new Date(at), timeZone);
  const last = printDate(new Date(Date.parse(endsAt) - 1), timeZone);
  return (
    <div className="text-muted text-sm">
      <p>{t("period", { from: day(startsAt), to: last, zone: timeZone })}</p>
      <p>{t(`state.${state}`, { day: day(closesAt) })}</p>
      {hash ? (
        <p>
          {t("hash")} <code className="break-all text-xs">{hash}</code>
        </p>
      ) : null}
    </div>
  );
}

/** One month of the organization, chosen from all of them: what came, what was used, what is left. */
export function Statements({ months, statement, lines }: Props) {
  const t = useTranslations("statements");
  const { places } = useFacts();
  const paths = usePaths();
  const router = useRouter();
  const [pending, start] = useTransition();
  const { month } = statement;
  const choose = (other: string) => start(() => router.push(`${paths.statements}?month=${other}` as Route));
  return (
    <Card aria-labelledby="statements" aria-busy={pending}>
      <CardHeader id="statements" title={places.statements.at(-1) ?? ""}>
        <div className="flex flex-wrap items-center gap-2 print:hidden">
          <a
            href={paths.statementFile(month, "pdf")}
            download={`statement-${month}.pdf`}
            className={buttonVariants({ variant: "outline" })}
          >
            <FileText aria-hidden="true" />
            {t("pdf")}
          </a>
          <CsvDownload address={paths.statementFile(month, "csv")} file={`statement-${month}.csv`} />
        </div>
      </CardHeader>
      <div className="mb-5 flex flex-wrap items-end justify-between gap-4">
        <Field name="month" label={t("month")} className="print:hidden">
          <Select value={month} onChange={(event) => choose(event.target.value)}>
            {months.map((of) => (
              <option key={of.month} value={of.month}>
                {of.state === "running" ? t("running", { month: monthInWords(of.month) }) : monthInWords(of.month)}
              </option>
            ))}
          </Select>
        </Field>
        <Standing statement={statement} />
      </div>
      <Movements statement={statement} />
      <UsageParts usage={statement.usage} />
      <GrantsLeft grants={statement.grants} timeZone={statement.timeZone} />
      <Lines lines={lines} timeZone={statement.timeZone} />
    </Card>
  );
}
