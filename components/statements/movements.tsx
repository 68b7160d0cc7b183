"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { cn } from "@/components/ui/class-names";
import { Table, Td, Th } from "@/components/ui/table";
import { ExactAmount } from "@/components/values/exact-amount";
import type { StatementAnswer } from "@/lib/statements/schema";

type Amounts = StatementAnswer["opening"];
const KINDS = ["purchased", "plan", "promotional", "adjustment", "debt"] as const satisfies readonly (keyof Amounts)[];
const ONLY_WIDE = "max-lg:hidden";

function Row({ name, of, kinds, signed, strong }: RowProps) {
  return (
    <tr className={cn(strong && "font-medium")}>
      <Td>{name}</Td>
      {kinds.map((kind) => (
        <Td key={kind} className={cn(ONLY_WIDE, "text-right", of[kind] === "0" && "text-muted")}>
          <ExactAmount of={of[kind]} signed={signed} />
        </Td>
      ))}
      <Td className="text-right">
        <ExactAmount of={of.total} signed={signed} />
      </Td>
    </tr>
  );
}
type RowProps = {
  name: string;
  of: Amounts;
  kinds: readonly (typeof KINDS)[number][];
  signed: boolean;
  strong?: boolean;
};

/** From the beginning balance to the ending one, each kind of credit in a column of its own. */
export function Movements({ statement }: { statement: StatementAnswer }) {
  const t = useTranslations("statements");
  const { labels } = useFacts();
  const { opening, movements, closing, reserved } = statement;
  const all = [opening, closing, ...movements.map(({ amounts }) => amounts)];
  const kinds = KINDS.filter((kind) => all.some((amounts) => amounts[kind] !== "0"));
  const nameOf = (kind: (typeof KINDS)[number]) =>
    kind === "adjustment" || kind === "debt" ? t(`kind.${kind}`) : labels[kind];
  return (
    <div>
      <Table>
        <caption className="sr-only">{t("summary")}</caption>
        <thead>
          <tr>
            <Th>{t("movement")}</Th>
            {kinds.map((kind) => (
              <Th key={kind} className={cn(ONLY_WIDE, "text-right")}>
                {nameOf(kind)}
              </Th>
            ))}
            <Th className="text-right">{t("total")}</Th>
          </tr>
        </thead>
        <tbody>
          <Row name={t("opening")} of={opening} kinds={kinds} signed={false} strong />
          {movements.map(({ type, amounts }) => (
            <Row key={type} name={t(`type.${type}`)} of={amounts} kinds={kinds} signed />
          ))}
          <Row name={t("closing")} of={closing} kinds={kinds} signed={false} strong />
        </tbody>
      </Table>
      {reserved === "0" ? null : (
        <p className="mt-2 text-muted text-sm">{t.rich("reserved", { amount: () => <ExactAmount of={reserved} /> })}</p>
      )}
    </div>
  );
}
