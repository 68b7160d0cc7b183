"use client";
import { useTranslations } from "next-intl";
import { useFacts } from "@/components/context/facts";
import { printAmount, printCount } from "@/lib/kernel/print-amount";
import { OTHER } from "./palette";
import { height, type Measure } from "./series";
import { printTick } from "./tick";

export type Printed = { text: string; exact: string };
export type MeasureLook = {
  label: string;
  /** Whether only whole numbers exist of it. */
  whole: boolean;
  print: (value: bigint) => Printed;
  /** How high to draw it. */
  size: (value: bigint) => number;
  /** A number on the axis. */
  tick: (size: number, cented: boolean) => string;
};

/** How a measure is called and printed, the same in bars, tables and totals. */
export function useMeasure(measure: Measure): MeasureLook {
  const t = useTranslations("charts");
  const { unit, meters } = useFacts();
  if (measure === "cost") {
    return {
      label: t("cost"),
      whole: false,
      print: (value) => printAmount(value, unit),
      size: (value) => height(value, unit.scale),
      tick: (size, cented) =>
        `${size < 0 ? "−" : ""}${unit.symbol}${printTick(Math.abs(size), cented && unit.kind === "currency")}`,
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
    tick: (size) => printTick(size, false),
  };
}

/** The name of a series; the rest is "Other", calls without a key, member or tag are "none". */
export function useSeriesName(): (series: { id: string; name: string | null }) => string {
  const t = useTranslations("charts");
  return ({ id, name }) => (id === OTHER ? t("other") : (name ?? (id || t("nothing"))));
}
