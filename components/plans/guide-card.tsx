import { useTranslations } from "next-intl";
import { Card, CardHeader } from "@/components/ui/card";
import { Table, Td, Th } from "@/components/ui/table";
import type { PlanGuide } from "@/lib/catalogue/schema";

/** The operator's own words on when to pay as one goes and when to subscribe. */
export function GuideCard({ guide, className }: { guide: PlanGuide; className?: string }) {
  const t = useTranslations("plans.guide");
  return (
    <Card aria-labelledby="guide" className={className ?? ""}>
      <CardHeader id="guide" title={guide.title} />
      <div className="overflow-x-auto">
        <Table aria-labelledby="guide">
          <thead>
            <tr>
              <Th>{t("feature")}</Th>
              {guide.columns.map((column) => (
                <Th key={column}>{column}</Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {guide.rows.map(({ feature, values }) => (
              <tr key={feature}>
                <Td className="text-muted">{feature}</Td>
                {values.map((value, index) => (
                  <Td key={guide.columns[index]}>{value}</Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
      <div className="mt-5 grid gap-5 sm:grid-cols-2">
        {guide.choices.map(({ title, reasons }) => (
          <section key={title}>
            <h3 className="mb-1 font-medium">{title}</h3>
            <ul className="grid gap-1">
              {reasons.map(({ name, text }) => (
                <li key={name}>
                  <span className="font-medium">{name}</span> - {text}
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </Card>
  );
}
