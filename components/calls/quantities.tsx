"use client";
import { useTranslations } from "next-intl";
import { Fragment } from "react";
import { useFacts } from "@/components/context/facts";
import { Quantity } from "@/components/values/quantity";

/** "1,200 input tokens · 500 output tokens"; in the catalogue's order. */
export function Quantities({ of }: { of: Record<string, number | string> }) {
  const t = useTranslations("usage.log");
  const { meters } = useFacts();
  const names = Object.keys(meters).filter((name) => name in of);
  const all = [...names, ...Object.keys(of).filter((name) => !(name in meters))];
  if (all.length === 0) return t("none");
  return all.map((name, index) => (
    <Fragment key={name}>
      {index > 0 ? " · " : null}
      <Quantity of={of[name] ?? 0} meter={name} />
    </Fragment>
  ));
}
