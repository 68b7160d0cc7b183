"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { printDecimal, type UnitFacts } from "@/lib/kernel/print-amount";
import { printFullTime } from "@/lib/kernel/print-time";

/** Ids as names: members by their user ids. */
export type Names = ReadonlyMap<string, string>;

const AMOUNTS = ["total", "day", "week", "month", "limit", "amount", "forfeited", "threshold"];
const DECIMAL = /^-?\d+(?:\.\d+)?$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;

type Setting = { unit: UnitFacts; timeZone: string; names: Names; none: string; yes: string; no: string };

function print(field: string, value: unknown, setting: Setting): string {
  const { unit, timeZone, names, none } = setting;
  if (value === null || value === undefined || value === "") return none;
  if (Array.isArray(value)) return value.length > 0 ? value.map((one) => print(field, one, setting)).join(", ") : none;
  if (typeof value === "object") {
    const parts = Object.entries(value).map(([name, inner]) => `${name}: ${print(name, inner, setting)}`);
    return parts.length > 0 ? parts.join(", ") : none;
  }
  if (typeof value === "boolean") return value ? setting.yes : setting.no;
  const text = String(value);
  if (AMOUNTS.includes(field) && DECIMAL.test(text)) return printDecimal(text, unit).exact;
  if (INSTANT.test(text)) return printFullTime(new Date(text), timeZone);
  return names.get(text) ?? text;
}

/** Prints values of the audit log: amounts with their unit, times in the organization's zone, people by name. */
export function useValuePrinter(names: Names): (field: string, value: unknown) => string {
  const t = useTranslations("audit");
  const { unit, timeZone } = useFacts();
  const setting = { unit, timeZone, names, none: t("none"), yes: t("yes"), no: t("no") };
  return (field, value) => print(field, value, setting);
}
