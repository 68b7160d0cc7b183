import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Code, Prose } from "@/components/ui/code";
import { ERROR_STATUS, type ErrorCode } from "@/lib/kernel/errors";

const NOTES = { none: "paymentPlain", payment: "paymentDialect", all: "ownNote" } as const;
const HEAD = "border-b py-2 pr-4 text-left font-normal text-muted text-xs";
const CELL = "py-2.5 pr-4 align-top max-sm:block max-sm:py-0 max-sm:pr-0 sm:border-b group-last:border-b-0";

export type ErrorRow = { code: ErrorCode; shown: string };
type CodeRowProps = { row: ErrorRow; support: string };

function CodeRow({ row: { code, shown }, support }: CodeRowProps) {
  const t = useTranslations("developers.errors");
  return (
    <tr
      id={code}
      className="group scroll-mt-20 target:bg-accent-soft max-sm:block max-sm:border-b max-sm:py-3 max-sm:last:border-b-0"
    >
      <td className={`${CELL} tabular-nums max-sm:float-right max-sm:text-muted`}>{ERROR_STATUS[code]}</td>
      <th scope="row" className={`${CELL} whitespace-nowrap text-left font-mono font-normal text-sm`}>
        {shown}
        {shown === code ? null : (
          <span className="block text-muted text-xs">
            <Prose text={t("inProblems", { code })} />
          </span>
        )}
      </th>
      <td className={`${CELL} max-sm:mt-1`}>{t(`codes.${code}.meaning`)}</td>
      <td className={`${CELL} text-muted`}>
        <Prose text={t(`codes.${code}.todo`, { support })} />
      </td>
    </tr>
  );
}

export type RefusalExamples = {
  problem: string;
  empty: string;
  other: string;
  /** Another status in the operator's shape; null where that is of a 402 only. */
  wrong: string | null;
  dialect: "none" | "payment" | "all";
};

/** Every code that this catalogue can answer, and how a refusal looks on the wire. */
export function ErrorTable({
  operator,
  support,
  rows,
  examples,
}: {
  operator: string;
  support: string;
  rows: readonly ErrorRow[];
  examples: RefusalExamples;
}) {
  const t = useTranslations("developers.errors");
  return (
    <div className="grid gap-4">
      <p className="max-w-[72ch]">{t("lead")}</p>
      <Card>
        <table className="w-full border-collapse max-sm:block">
          <thead className="max-sm:sr-only">
            <tr>
              {(["status", "code", "meaning", "todo"] as const).map((column) => (
                <th key={column} scope="col" className={HEAD}>
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="max-sm:block">
            {rows.map((row) => (
              <CodeRow key={row.code} row={row} support={support} />
            ))}
          </tbody>
        </table>
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader title={t("shape")} />
          <p className="mb-3 text-muted">
            <Prose text={t(examples.dialect === "all" ? "shapeOnRequest" : "shapeNote")} />
          </p>
          <Code text={examples.problem} what={t("example", { what: t("shape") })} />
        </Card>
        <Card>
          <CardHeader title={t(examples.dialect === "all" ? "own" : "payment", { operator })} />
          <p className="mb-3 text-muted">
            <Prose text={t(NOTES[examples.dialect], { operator })} />
          </p>
          <h3 className="mb-1 text-sm">{t("empty")}</h3>
          <Code text={examples.empty} what={t("example", { what: t("empty") })} />
          <h3 className="mt-4 mb-1 text-sm">{t("other")}</h3>
          <Code text={examples.other} what={t("example", { what: t("other") })} />
          {examples.wrong === null ? null : (
            <>
              <h3 className="mt-4 mb-1 text-sm">{t("wrong")}</h3>
              <Code text={examples.wrong} what={t("example", { what: t("wrong") })} />
            </>
          )}
        </Card>
      </div>
    </div>
  );
}
