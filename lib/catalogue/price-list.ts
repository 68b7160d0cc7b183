import { formatAmount } from "@/lib/kernel/money";
import { jsonCount } from "@/lib/kernel/wire";
import type { Context } from "@/lib/platform/context";
import type { Option, Price } from "./compiled";
import { currentCatalogue } from "./live";
import type { PriceList } from "./price-list-schema";

function optionAnswer(name: string, option: Option): PriceList["prices"][number]["options"][number] {
  const values = option.type === "choice" ? [...option.values] : null;
  return { name, label: option.label, type: option.type, values, default: option.default };
}

function priceAnswer(price: Price, scale: number): PriceList["prices"][number] {
  const { endpoint, model, aliases, label, billable } = price;
  return {
    endpoint,
    model,
    aliases: [...aliases],
    label,
    billable,
    lines: price.components.map((component) => ({
      meter: component.meter,
      unitAmount: formatAmount(component.amount, scale),
      per: jsonCount(component.per),
      ...(component.when === undefined ? {} : { when: component.when }),
      ...(component.total === undefined ? {} : { whenTotal: component.total.shown }),
      ...(component.period === undefined ? {} : { whenPeriod: component.period }),
      ...(component.label === undefined ? {} : { label: component.label }),
    })),
    options: [...price.options].map(([name, option]) => optionAnswer(name, option)),
    maxima: Object.fromEntries([...price.maxima].map(([meter, most]) => [meter, jsonCount(most)])),
  };
}

/** The live catalogue's prices, in the order of its file. They are the same for everyone who may ask. */
export async function priceList(_ctx: Pick<Context, "actor">): Promise<PriceList> {
  const { catalogue, version } = currentCatalogue();
  const { code, scale } = catalogue.unit;
  return {
    unit: code,
    version,
    periods: catalogue.periods,
    prices: catalogue.prices.map((price) => priceAnswer(price, scale)),
  };
}
