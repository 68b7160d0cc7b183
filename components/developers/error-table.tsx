import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Code, Prose } from "@/components/ui/code";
import { ERROR_STATUS, type ErrorCode } from "@/lib/kernel/errors";

const CODES = Object.keys(ERROR_STATUS) as ErrorCode[];
const HEAD = "border-b py-2 pr-4 text-left font-normal text-muted text-xs";
const CELL = "py-2.5 pr-4 align-top max-sm:block max-sm:py-0 max-sm:pr-0 sm:border-b group-last:border-b-0";

function CodeRow({ code, support }: { code: ErrorCode; support: string }) {
  const t = useTranslations("developers.errors");
  return (
    <tr
      id={code}
      className="group scroll-mt-20 target:bg-accent-soft max-sm:block max-sm:border-b max-sm:py-3 max-sm:last:border-b-0"
    >
      <td className={`${CELL} tabular-nums max-sm:float-right max-sm:text-muted`}>{ERROR_STATUS[code]}</td>
      <th scope="row" className={`${CELL} whitespace-nowrap text-left font-mono font-normal text-sm`}>
        {code}
      </th>
      <td className={`${CELL} max-sm:mt-1`}>{t(`codes.${code}.meaning`)}</td>
      <td className={`${CELL} text-muted`}>
        <Prose text={t(`codes.${code}.todo`, { support })} />
      </td>
    </tr>
  );
}

export type RefusalExamples = { problem: string; empty: string; other: string; dialect: boolean };

/** Every code that the API can answer, and how a refusal looks on the wire. */
export function ErrorTable({
  operator,
  support,
  examples,
}: {
  operator: string;
  support: string;
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
            {CODES.map((code) => (
              <CodeRow key={code} code={code} support={support} />
            ))}
          </tbody>
        </table>
      </Card>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <Card>
          <CardHeader title={t("shape")} />
          <p className="mb-3 text-muted">
            <Prose text={t("shapeNote")} />
          </p>
          <Code text={examples.problem} what={t("example", { what: t("shape") })} />
        </Card>
        <Card>
          <CardHeader title={t("payment")} />
          <p className="mb-3 text-muted">
            <Prose text={examples.dialect ? t("paymentDialect", { operator }) : t("paymentPlain")} />
          </p>
          <h3 className="mb-1 text-sm">{t("empty")}</h3>
          <Code text={examples.empty} what={t("example", { what: t("empty") })} />
          <h3 className="mt-4 mb-1 text-sm">{t("other")}</h3>
          <Code text={examples.other} what={t("example", { what: t("other") })} />
        </Card>
      </div>
    </div>
  );
}
