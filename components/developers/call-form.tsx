"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { Input } from "@/components/ui/input";
import { Select } from "@/components/ui/select";
import type { ListedPrice } from "@/lib/catalogue/schema";
import { countedMeters, readCount } from "./call-state";
import type { ChosenCall } from "./use-call";

function Labelled({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    // A long name takes two lines; the fields of a row still stand on one.
    <div className="grid min-w-0 content-end gap-1.5">
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

type OptionFacts = ListedPrice["options"][number];

function OptionField({
  option,
  value,
  onChange,
}: {
  option: OptionFacts;
  value: string;
  onChange: (v: string) => void;
}) {
  const t = useTranslations("developers.call");
  const boolean = option.type === "boolean";
  const choices = boolean ? ["false", "true"] : (option.values ?? []);
  return (
    <Labelled label={option.label}>
      {(id) => (
        <Select id={id} value={value} onChange={(event) => onChange(event.target.value)} className="w-full">
          {choices.map((choice) => (
            <option key={choice} value={choice}>
              {boolean ? t(choice === "true" ? "on" : "off") : choice}
            </option>
          ))}
        </Select>
      )}
    </Labelled>
  );
}

type QuantityProps = { label: string; text: string; onChange: (text: string) => void };

function QuantityField({ label, text, onChange }: QuantityProps) {
  const t = useTranslations("developers.call");
  return (
    <Labelled label={t("quantity", { meter: label })}>
      {(id) => (
        <Input
          id={id}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          aria-invalid={text !== "" && Number.isNaN(readCount(text))}
          onChange={(event) => onChange(event.target.value.replace(/[\s,]/g, ""))}
          className="tabular-nums"
        />
      )}
    </Labelled>
  );
}

export type MeterLabels = Record<string, { label: string }>;
type CallFormProps = { prices: readonly ListedPrice[]; meters: MeterLabels; chosen: ChosenCall };

/** Endpoint, model, options and quantities of one call. */
export function CallForm({ prices, meters, chosen }: CallFormProps) {
  const t = useTranslations("developers.call");
  const { state, set, price, call } = chosen;
  if (!price || !call) return null;
  const endpoints = [...new Set(prices.map(({ endpoint }) => endpoint))];
  const typed = (meter: string) => state.q?.[meter] ?? String(call.quantities[meter] ?? 0);
  const count = (meter: string, text: string) => {
    const all = Object.fromEntries(countedMeters(price).map((one) => [one, typed(one)]));
    set({ q: { ...all, [meter]: text } });
  };
  const chosenOptions = Object.fromEntries(Object.entries(call.options).map(([name, value]) => [name, String(value)]));
  return (
    <form className="grid grid-cols-2 gap-4" onSubmit={(event) => event.preventDefault()}>
      <Labelled label={t("endpoint")}>
        {(id) => (
          <Select
            id={id}
            value={price.endpoint}
            className="w-full"
            onChange={(event) => set({ endpoint: event.target.value, model: null, q: null, o: null })}
          >
            {endpoints.map((endpoint) => (
              <option key={endpoint}>{endpoint}</option>
            ))}
          </Select>
        )}
      </Labelled>
      <Labelled label={t("model")}>
        {(id) => (
          <Select
            id={id}
            value={price.model}
            className="w-full"
            onChange={(event) => set({ endpoint: price.endpoint, model: event.target.value, o: null })}
          >
            {prices
              .filter(({ endpoint }) => endpoint === price.endpoint)
              .map(({ model, label }) => (
                <option key={model} value={model}>
                  {label}
                </option>
              ))}
          </Select>
        )}
      </Labelled>
      {price.options.map((option) => (
        <OptionField
          key={option.name}
          option={option}
          value={chosenOptions[option.name] ?? ""}
          onChange={(value) => set({ o: { ...chosenOptions, [option.name]: value } })}
        />
      ))}
      {countedMeters(price).map((meter) => (
        <QuantityField
          key={meter}
          label={meters[meter]?.label ?? meter}
          text={typed(meter)}
          onChange={(text) => count(meter, text)}
        />
      ))}
    </form>
  );
}
