"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { limitWords, type Meters } from "@/components/prices/price-words";
import { Card, CardHeader } from "@/components/ui/card";
import { Prose } from "@/components/ui/code";
import { Table, Td, Th } from "@/components/ui/table";
import { Amount } from "@/components/values/amount";
import type { PriceList } from "@/lib/catalogue/schema";
import type { LimitFacts } from "./limit-facts";
import { OwnLimits } from "./own-limits";
import { Quotas } from "./quotas";

type Props = LimitFacts & { list: PriceList; meters: Meters };

const MINUTE_SECONDS = 60;
const RATES = ["key", "failed-authentication", "sign-in", "form"] as const;
const isRate = (name: string): name is (typeof RATES)[number] => RATES.some((rate) => rate === name);

/** How often the API and the portal may be asked, and how large a request and a call may be. */
function Rates({ rates, bodyBytes, list, meters }: Pick<Props, "rates" | "bodyBytes" | "list" | "meters">) {
  const t = useTranslations("developers.limits");
  const prices = useTranslations("prices");
  const { unit } = useFacts();
  const calls = list.prices.flatMap((price) => {
    const most = limitWords(price, { t: prices, unit, meters, periods: list.periods });
    return most === null ? [] : [{ name: price.model, most }];
  });
  return (
    <Card aria-labelledby="rates" className="lg:col-span-7">
      <CardHeader id="rates" title={t("rates")} />
      <p className="mb-3 max-w-[72ch] text-muted">
        <Prose text={t("ratesNote")} />
      </p>
      <Table aria-labelledby="rates">
        <thead>
          <tr>
            <Th>{t("what")}</Th>
            <Th className="text-right">{t("most")}</Th>
          </tr>
        </thead>
        <tbody>
          {rates.map(({ name, quota, windowSeconds }) => (
            <tr key={name}>
              <Td>{isRate(name) ? t(`rate.${name}`) : name}</Td>
              <Td className="text-right">
                {windowSeconds === MINUTE_SECONDS
                  ? t("perMinute", { count: quota })
                  : t("perSeconds", { count: quota, seconds: windowSeconds })}
              </Td>
            </tr>
          ))}
          <tr>
            <Td>{t("body")}</Td>
            <Td className="text-right">{t("bytes", { count: bodyBytes })}</Td>
          </tr>
          {calls.map(({ name, most }) => (
            <tr key={name}>
              <Td className="[overflow-wrap:anywhere]">
                {t("call")}: <span translate="no">{name}</span>
              </Td>
              <Td className="text-right">{most}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Card>
  );
}

/** The plans side by side, by what they limit; nothing where no plan limits anything. */
function Plans({ plans: { columns, rows } }: Pick<Props, "plans">) {
  const t = useTranslations("developers.limits");
  if (rows.length === 0) return null;
  return (
    <Card aria-labelledby="plan-limits" className="lg:col-span-12">
      <CardHeader id="plan-limits" title={t("plans")} />
      <div className="overflow-x-auto">
        <Table aria-labelledby="plan-limits">
          <thead>
            <tr>
              <Th>{t("plan")}</Th>
              <Th className="text-right">{t("planAllowance")}</Th>
              {columns.map((what) => (
                <Th key={what} className="text-right">
                  {t(what)}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, name, allowance, limits }) => (
              <tr key={id}>
                <Td className="font-medium">{name}</Td>
                <Td className="text-right">
                  <Amount of={allowance} />
                </Td>
                {limits.map((most, index) => (
                  <Td key={columns[index]} className="text-right">
                    {most ?? t("noLimit")}
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  );
}

/** Every limit that this organization meets, and how much of it is used. */
export function Limits({ list, meters, ...facts }: Props) {
  return (
    <div className="grid items-start gap-4 lg:grid-cols-12">
      <Rates {...facts} list={list} meters={meters} />
      <Quotas {...facts} />
      <OwnLimits {...facts} />
      <Plans {...facts} />
    </div>
  );
}
