"use client";
import { useTranslations } from "next-intl";
import { Table, Td, Th } from "@/components/ui/table";
import { ExactAmount } from "@/components/values/exact-amount";
import { printCount } from "@/lib/kernel/print-amount";
import type { StatementAnswer } from "@/lib/statements/schema";

type Usage = StatementAnswer["usage"];
const PARTS = ["byModel", "byEndpoint", "byKey", "byMember"] as const;

function Part({ part, usage }: { part: (typeof PARTS)[number]; usage: Usage }) {
  const t = useTranslations("statements.usage");
  return (
    <section className="min-w-0">
      <h3 className="mt-6 mb-1 font-medium">{t(part)}</h3>
      <Table>
        <caption className="sr-only">{t(part)}</caption>
        <thead>
          <tr>
            <Th>{t(`name.${part}`)}</Th>
            <Th className="text-right">{t("calls")}</Th>
            <Th className="text-right">{t("cost")}</Th>
          </tr>
        </thead>
        <tbody>
          {usage[part].map(({ id, name, calls, cost }) => (
            <tr key={id ?? ""}>
              <Td className="wrap-anywhere">{name || (id ? t(`gone.${part}`) : t(`none.${part}`))}</Td>
              <Td className="text-right text-muted" translate="no">
                {printCount(calls)}
              </Td>
              <Td className="text-right">
                <ExactAmount of={cost} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </section>
  );
}

/** What was used, by model, endpoint, key and member; a part with one nameless line says nothing. */
export function UsageParts({ usage }: { usage: Usage }) {
  const t = useTranslations("statements.usage");
  const parts = PARTS.filter((part) => usage[part].some(({ id }) => id));
  if (parts.length === 0) return null;
  const { earlier } = usage;
  return (
    <>
      <div className="grid gap-x-8 lg:grid-cols-2">
        {parts.map((part) => (
          <Part key={part} part={part} usage={usage} />
        ))}
      </div>
      {earlier.cost === "0" && BigInt(earlier.calls) === 0n ? null : (
        <p className="mt-2 text-muted text-sm">
          {t.rich("earlier", {
            count: Number(earlier.calls),
            shown: printCount(earlier.calls),
            amount: () => <ExactAmount of={earlier.cost} signed />,
          })}
        </p>
      )}
    </>
  );
}
