"use client";
import { useTranslations } from "next-intl";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import { printCount } from "@/lib/kernel/print-amount";
import type { CostHints } from "@/lib/usage/schema";
import { CallsLink } from "./calls-link";

/** Calls that a cheaper model suits, with what they cost and what they would have cost. */
export function ModelHints({ hints }: { hints: CostHints["models"] }) {
  const t = useTranslations("usage.hints");
  if (hints.length === 0) return null;
  const nameOf = ({ model, longerThan, longestPrompt }: CostHints["models"][number]) => {
    const [from, to] = [printCount(String(longerThan)), longestPrompt && printCount(String(longestPrompt))];
    if (!to) return longerThan === 0 ? t("ofModel", { model }) : t("above", { model, from });
    return longerThan === 0 ? t("upTo", { model, to }) : t("between", { model, from, to });
  };
  return (
    <>
      <Table className="text-sm">
        <caption className="sr-only">{t("modelHints")}</caption>
        <thead>
          <tr>
            <Th>{t("calls")}</Th>
            <Th>{t("suggested")}</Th>
            <Th className="text-right max-sm:hidden">{t("cost")}</Th>
            <Th className="text-right max-sm:hidden">{t("wouldCost")}</Th>
            <Th className="text-right">{t("difference")}</Th>
          </tr>
        </thead>
        <tbody>
          {hints.map((hint) => (
            <tr key={`${hint.endpoint} ${hint.model} ${hint.suggested}`}>
              <Td>
                <CallsLink endpoint={hint.endpoint} model={hint.model}>
                  {t("count", { calls: printCount(String(hint.calls)) })}
                </CallsLink>{" "}
                <span className="text-muted">{nameOf(hint)}</span>
              </Td>
              <Td>
                {hint.suggested} <span className="text-muted max-sm:hidden">{hint.useCase}</span>
              </Td>
              <Td className="text-right max-sm:hidden">
                <Amount of={hint.cost} />
              </Td>
              <Td className="text-right max-sm:hidden">
                <Amount of={hint.wouldCost} />
              </Td>
              <Td className="text-right font-medium">
                <Amount of={hint.saves} />
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      <p className="mt-2 mb-4 text-muted text-sm">{t("lengthOnly")}</p>
    </>
  );
}

/** The operator's table of models by use case. */
export function ModelAdvice({ models }: { models: CostHints["advice"]["models"] }) {
  const t = useTranslations("usage.hints");
  if (models.length === 0) return null;
  return (
    <Table className="max-w-xl text-sm [&_tbody_tr:last-child_td]:border-0">
      <thead>
        <tr>
          <Th>{t("useCase")}</Th>
          <Th>{t("recommended")}</Th>
          <Th>{t("costLevel")}</Th>
        </tr>
      </thead>
      <tbody>
        {models.map(({ useCase, name, cost }) => (
          <tr key={useCase}>
            <Td>{useCase}</Td>
            <Td>{name}</Td>
            <Td>{cost}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
