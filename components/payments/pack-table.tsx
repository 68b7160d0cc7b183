"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { Badge } from "@/components/ui/badge";
import { Table, Td, Th } from "@/components/ui/table";
import { printDecimal } from "@/lib/kernel/print-amount";
import { printMoney } from "@/lib/kernel/print-money";
import { packRate, type Shop } from "./offers";

/** The packs side by side, for a reader who cannot buy them yet. */
export function PackTable({ shop }: { shop: Shop }) {
  const t = useTranslations("payments.packs");
  const { unit } = useFacts();
  const { packs, payment } = shop;
  const hasNotes = packs.some(({ note }) => note !== null);
  return (
    <div className="overflow-x-auto">
      <Table aria-label={t("title")}>
        <thead>
          <tr>
            <Th>{t("pack")}</Th>
            <Th className="text-right">{t("credit")}</Th>
            <Th className="text-right">{t("price")}</Th>
            <Th className="text-right">{t("rate")}</Th>
            {hasNotes ? <Th>{t("bestFor")}</Th> : null}
          </tr>
        </thead>
        <tbody>
          {packs.map((pack) => (
            <tr key={pack.id}>
              <Td className="font-medium">
                {pack.name} {pack.popular ? <Badge>{t("popular")}</Badge> : null}
              </Td>
              <Td className="whitespace-nowrap text-right">{printDecimal(pack.credit, unit).text}</Td>
              <Td className="text-right" translate="no">
                {printMoney(pack.price, payment)}
              </Td>
              <Td className="text-right">{t("ratePer", packRate(pack, shop, unit))}</Td>
              {hasNotes ? <Td>{pack.note}</Td> : null}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
