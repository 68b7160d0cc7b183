"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/facts";
import { printAmount, printCount } from "@/components/format-amount";
import { LOCALE } from "@/components/locale";
import { OTHER } from "./palette";
import { height, type Measure } from "./series";

const compact = new Intl.NumberFormat(LOCALE, { notation: "compact", maximumSignificantDigits: 3 });
const cents = new Intl.NumberFormat(LOCALE, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const LEAST_MONEY = 0.01;
const LEAST_COMPACT = 1_000;

export type Printed = { text: string; exact: string };
export type MeasureLook = {
  label: string;
  /** Whether only whole numbers exist of it. */
  whole: boolean;
  print: (value: bigint) => Printed;
  /** How high to draw it. */
  size: (value: bigint) => number;
  /** A number on the axis. */
  tick: (size: number) => string;
};

/** "0.60", but "4" and "1.2K": money has its cents where it has any. */
function printTick(value: number, money: boolean): string {
  const small = money && value >= LEAST_MONEY && value < LEAST_COMPACT && !Number.isInteger(value);
  return (small ? cents : compact).format(value);
}

/** How a measure is called and printed, the same in bars, tables and totals. */
export function useMeasure(measure: Measure): MeasureLook {
  const t = useTranslations("charts");
  const { unit, meters } = useFacts();
  if (measure === "cost") {
    return {
      label: t("cost"),
      whole: false,
      print: (value) => printAmount(value, unit, "cost"),
      size: (value) => height(value, unit.scale),
      tick: (size) => `${size < 0 ? "−" : ""}${unit.symbol}${printTick(Math.abs(size), unit.kind === "currency")}`,
    };
  }
  const label = measure === "requests" ? t("requests") : (meters[measure]?.label ?? measure.replaceAll("_", " "));
  return {
    label: label.charAt(0).toUpperCase() + label.slice(1),
    whole: true,
    print: (value) => {
      const text = printCount(value.toString()).replace("-", "−");
      return { text, exact: text };
    },
    size: Number,
    tick: (size) => compact.format(size).replace("-", "−"),
  };
}

/** A series by its name; what is left is "Other", calls without a key, member or tag are "none". */
export function useSeriesName(): (series: { id: string; name: string | null }) => string {
  const t = useTranslations("charts");
  return ({ id, name }) => (id === OTHER ? t("other") : (name ?? (id || t("nothing"))));
}
